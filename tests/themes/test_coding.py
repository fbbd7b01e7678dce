"""What people read in comments, what the model learns from it, and what it then reads itself."""

import random
from datetime import timedelta

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.journal.models import Entry
from loopwell.journal.rules import Unavailable
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.jobs import learn_by_itself
from loopwell.themes.learning import embedding
from loopwell.themes.models import CoderVersion, Coding, Mention, Theme
from loopwell.themes.operations import Words, add_theme, merge_theme, modelling, retire_theme
from loopwell.themes.operations.coding import record_coding, take_back_coding
from loopwell.themes.operations.modelling import stop_model, train_coder, use_version
from loopwell.themes.operations.reading import read_comments, read_history
from loopwell.themes.queries.examples import coded_examples
from loopwell.themes.queries.model import coder_of
from loopwell.themes.rules.saying import Said
from tests import factories
from tests.conftest import NOW, Company
from tests.themes.learning.test_learning import SAID

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(company: Company) -> dict[str, Theme]:
    """Slugs of what every installation has beside them stay out of the way; models of other
    tests, whose numbers come again, are forgotten."""
    coder_of.cache_clear()
    made = {}
    for slug in SAID:
        kind = ThemeKind.DELIGHT if slug == "staff" else ThemeKind.DEFECT
        made[slug] = Theme.objects.get_or_create(
            slug=slug, defaults={"names": {"en": slug}, "kind": kind}
        )[0]
    return made


def answer(comment: str, score: int = 2) -> Response:
    return factories.response(score=score, comment=comment)


def sources(response: Response) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for source, slug in response.mentions.values_list("source", "theme__slug"):
        found.setdefault(source, set()).add(slug)
    return found


def taught(company: Company, many: int = 90) -> None:
    """Comments coded by Alice, enough to learn from."""
    draw = random.Random(4)
    for number in range(many):
        slug = sorted(SAID)[number % 3]
        response = answer(draw.choice(SAID[slug]).format(n=number))
        record_coding(actor=company.actor("alice"), now=NOW, response=response,
                      said=[Said(slug)], is_random=True)  # fmt: skip


def test_a_coding_makes_mentions_with_weights_words_and_feeling(
    company: Company, themes: dict[str, Theme]
) -> None:
    response = answer("I waited an hour and it was expensive")

    record_coding(
        actor=company.actor("alice"), now=NOW, response=response,
        said=[Said("waiting", -1, ((2, 8),)), Said("price", 0)],
    )  # fmt: skip

    rows = response.mentions.order_by("theme__slug")
    assert [(m.theme.slug, m.source, m.weight, m.sentiment, m.words) for m in rows] == [
        ("price", "coder", 50, 0, []), ("waiting", "coder", 50, -1, [[2, 8]]),
    ]  # fmt: skip
    assert Entry.objects.filter(type="response.coded", subject_id=response.pk).count() == 1


def test_none_of_the_themes_is_kept_and_taken_back(
    company: Company, themes: dict[str, Theme]
) -> None:
    response, alice = answer("just so"), company.actor("alice")

    record_coding(actor=alice, now=NOW, response=response, said=[])
    assert [example.themes for example in coded_examples()] == [frozenset()]

    assert take_back_coding(actor=alice, now=NOW, response=response) is True
    assert take_back_coding(actor=alice, now=NOW, response=response) is False
    assert Coding.objects.count() == 0


def test_a_second_reading_leaves_the_mentions(company: Company, themes: dict[str, Theme]) -> None:
    response = answer("I waited")
    first = [Said("waiting").as_json()]
    Coding.objects.create(response=response, coder=company.fiona, themes=first, at=NOW)

    later = NOW + timedelta(hours=1)
    record_coding(actor=company.actor("alice"), now=later, response=response,
                  said=[Said("price")], is_second=True)  # fmt: skip

    assert sources(response) == {"coder": {"waiting"}}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ([Said("waiting"), Said("waiting")], "twice"),
        ([Said("nowhere")], "no theme nowhere"),
        ([Said("waiting", 5)], "negative, neutral or positive"),
        ([Said("waiting", None, ((0, 99),))], "outside"),
    ],
)
def test_codes_that_cannot_be_are_refused_and_nothing_is_kept(
    company: Company, themes: dict[str, Theme], said: list[Said], message: str
) -> None:
    response = answer("I waited")

    with pytest.raises(Invalid, match=message):
        record_coding(actor=company.actor("alice"), now=NOW, response=response, said=said)

    assert not Coding.objects.exists()


def test_an_answer_without_words_is_not_coded(company: Company) -> None:
    with pytest.raises(Invalid, match="no comment"):
        record_coding(actor=company.actor("alice"), now=NOW, response=answer("  "), said=[])


def test_who_runs_no_surveys_codes_nothing(company: Company, themes: dict[str, Theme]) -> None:
    with pytest.raises(Forbidden):
        record_coding(actor=company.actor("fiona"), now=NOW, response=answer("x"), said=[])


def test_the_model_learns_reads_history_and_what_comes(
    company: Company, themes: dict[str, Theme]
) -> None:
    taught(company)
    old = answer("прождали 3 часов и ушли")

    made = train_coder(actor=company.actor("alice"), now=NOW)
    run_all(NOW)

    assert made.is_used
    assert made.accuracy["micro_f1"] > 0.9
    (mention,) = old.mentions.all()
    assert (mention.source, mention.theme.slug, mention.sentiment) == ("model", "waiting", -1)
    assert 0.5 < (mention.confidence or 0) <= 1
    assert "прождали" in [old.comment[start:end] for start, end in mention.words]

    new = answer("friendly staff in shop 9", score=9)
    read_comments([new.pk], NOW)
    assert sources(new) == {"model": {"staff"}}
    assert new.mentions.get().sentiment == 1


def test_reading_again_changes_nothing(company: Company, themes: dict[str, Theme]) -> None:
    taught(company)
    train_coder(actor=company.actor("alice"), now=NOW)
    first = read_history(NOW, lambda done, total: None)
    before = sorted(Mention.objects.values_list("pk", flat=True))

    again = read_history(NOW, lambda done, total: None)

    assert (first > 80, again) == (True, 0)
    assert sorted(Mention.objects.values_list("pk", flat=True)) == before


def test_a_comment_changed_or_taken_away_is_read_anew(
    company: Company, themes: dict[str, Theme]
) -> None:
    taught(company)
    train_coder(actor=company.actor("alice"), now=NOW)
    response = answer("the price rose by 5 percent")
    read_comments([response.pk], NOW)
    assert sources(response) == {"model": {"price"}}

    Response.objects.filter(pk=response.pk).update(comment="")
    read_comments([response.pk], NOW)

    assert sources(response) == {}


def test_what_people_and_calls_found_stays(company: Company, themes: dict[str, Theme]) -> None:
    taught(company)
    response = answer("the price rose by 5 percent")
    for source in (MentionSource.CODER, MentionSource.INTERVIEWER, MentionSource.RULE):
        Mention.objects.create(
            response=response, theme=themes["waiting"], source=source, weight=100
        )
    train_coder(actor=company.actor("alice"), now=NOW)

    read_comments([response.pk], NOW)

    assert sources(response) == {
        "coder": {"waiting"}, "interviewer": {"waiting"}, "rule": {"waiting"}, "model": {"price"},
    }  # fmt: skip


def test_merged_themes_lead_to_theirs_and_retired_ones_nowhere(
    company: Company, themes: dict[str, Theme]
) -> None:
    taught(company)
    alice = company.actor("alice")
    train_coder(actor=alice, now=NOW)
    cost = add_theme(actor=alice, now=NOW, words=Words({"en": "Cost"}), kind=ThemeKind.DEFECT,
                     parent=None)  # fmt: skip
    merge_theme(actor=alice, now=NOW, theme=themes["price"], into=cost)
    retire_theme(actor=alice, now=NOW, theme=themes["staff"])
    dear, kind = answer("the price rose by 5 percent"), answer("friendly staff in shop 9")

    read_comments([dear.pk, kind.pk], NOW)

    assert (sources(dear), sources(kind)) == ({"model": {"cost"}}, {})


def test_a_worse_version_waits_and_an_older_one_can_be_used_again(
    company: Company, themes: dict[str, Theme]
) -> None:
    alice = company.actor("alice")
    taught(company)
    good = train_coder(actor=alice, now=NOW)
    draw = random.Random(2)
    for coding in Coding.objects.all():
        coding.themes = [Said(draw.choice(sorted(SAID))).as_json()]
        coding.save()

    bad = train_coder(actor=alice, now=NOW + timedelta(days=1))
    assert (bad.is_used, CoderVersion.objects.get(is_used=True).pk) == (False, good.pk)

    use_version(actor=alice, now=NOW, version=bad)
    assert CoderVersion.objects.get(is_used=True).pk == bad.pk
    with pytest.raises(Conflict):
        use_version(actor=alice, now=NOW, version=bad)
    good.refresh_from_db()
    use_version(actor=alice, now=NOW, version=good)
    assert CoderVersion.objects.get(is_used=True).pk == good.pk


def test_without_a_model_nothing_it_found_stays(company: Company, themes: dict[str, Theme]) -> None:
    taught(company)
    train_coder(actor=company.actor("alice"), now=NOW)
    run_all(NOW)

    stop_model(actor=company.actor("alice"), now=NOW)
    run_all(NOW)

    assert not Mention.objects.filter(source=MentionSource.MODEL).exists()


def test_learns_by_itself_once_for_a_version(company: Company, themes: dict[str, Theme]) -> None:
    taught(company, 60)
    learn_by_itself(NOW)
    assert not Job.objects.filter(kind="themes.train").exists()
    train_coder(actor=SYSTEM, now=NOW)
    Coding.objects.update(at=NOW - timedelta(days=1))
    learn_by_itself(NOW)
    assert not Job.objects.filter(kind="themes.train").exists()

    later = NOW + timedelta(days=2)
    for number in range(100):
        response = answer(f"I waited {number}")
        record_coding(actor=company.actor("alice"), now=later, response=response,
                      said=[Said("waiting")])  # fmt: skip
    learn_by_itself(later)
    learn_by_itself(later)

    assert Job.objects.filter(kind="themes.train").count() == 1


def test_too_little_to_learn_from_is_said(company: Company, themes: dict[str, Theme]) -> None:
    with pytest.raises(Invalid, match="too little"):
        train_coder(actor=company.actor("alice"), now=NOW)


def test_a_model_whose_embeddings_are_gone_waits_for_them(
    company: Company, themes: dict[str, Theme], monkeypatch: pytest.MonkeyPatch
) -> None:
    taught(company, 60)
    monkeypatch.setattr(modelling, "embed_to_learn", lambda: embedding.embed)
    train_coder(actor=SYSTEM, now=NOW)
    response = answer("I waited an hour")
    assert read_comments([response.pk], NOW) == 1

    monkeypatch.setattr(embedding, "is_installed", lambda: False)
    with pytest.raises(Unavailable, match="install loopwell"):
        read_comments([response.pk], NOW)


def test_the_first_model_comes_by_itself_from_a_hundred_on(
    company: Company, themes: dict[str, Theme]
) -> None:
    taught(company, 99)
    learn_by_itself(NOW)
    assert not Job.objects.filter(kind="themes.train").exists()

    taught(company, 1)
    learn_by_itself(NOW)
    learn_by_itself(NOW)

    assert Job.objects.filter(kind="themes.train").count() == 1
