"""Rules through their pages: written, tried out before anything changes, switched on, removed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loopwell.access.models import User
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource, ThemeKind, Trouble
from loopwell.themes.models import Coding, Mention, TextRule, Theme
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


@pytest.fixture
def slow(company: Company) -> Theme:
    return theme("slow")


def theme(slug: str, **fields: object) -> Theme:
    names = {"en": slug.replace("-", " ").capitalize()}
    return Theme.objects.create(slug=slug, names=names, kind=ThemeKind.DEFECT, **fields)


def coded(comment: str, by: User, *themes: Theme) -> Response:
    answer = factories.response(score=2, comment=comment)
    Coding.objects.create(response=answer, coder=by, at=NOW)
    for each in themes:
        Mention.objects.create(
            response=answer, theme=each, source=MentionSource.CODER, weight=Decimal(100), at=NOW
        )
    return answer


def text(client: Client, name: str, *args: str) -> str:
    answer = client.get(reverse(f"text_rules:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_who_runs_surveys(client: Client, company: Company, slow: Theme) -> None:
    rule = TextRule.objects.create(theme=slow, patterns="slow")
    for person, status in ((None, 302), (company.mark, 403), (company.oscar, 403)):
        if person:
            client.force_login(person)
        for name in ("index", "new"):
            assert client.get(reverse(f"text_rules:{name}")).status_code == status
        assert client.post(reverse("text_rules:try"), {}).status_code == status
        for name in ("change", "switch", "remove"):
            address = reverse(f"text_rules:{name}", args=[rule.ref])
            assert client.get(address).status_code == status
            assert client.post(address, {"on": "1"}).status_code == status
    rule.refresh_from_db()
    assert not rule.is_on


def test_unknown_rules_are_not_found(alice: Client) -> None:
    for name in ("change", "switch", "remove"):
        assert alice.get(reverse(f"text_rules:{name}", args=["nothing"])).status_code == 404


def test_an_empty_page_says_what_to_do(alice: Client) -> None:
    assert "There is no rule yet" in text(alice, "index")


def test_written_switched_on_and_removed(alice: Client, slow: Theme) -> None:
    answers = [factories.response(comment=each) for each in ("so slow", "slowly", "fine")]
    told = {"theme": "slow", "patterns": "slow\nslow*", "sentiment": ""}
    made = alice.post(reverse("text_rules:new"), told)
    rule = TextRule.objects.get()
    assert made["Location"] == reverse("text_rules:switch", args=[rule.ref])
    assert (rule.is_on, rule.sentiment, rule.theme) == (False, None, slow)

    page = text(alice, "switch", rule.ref)
    assert "It finds 2 of 3 comments" in page
    assert "3 comments that are there are read in the background" in page
    assert not Mention.objects.exists()
    assert alice.post(reverse("text_rules:switch", args=[rule.ref]), {"on": "1"}).status_code == 302
    waiting = text(alice, "index")
    assert "All comments are read for “Slow”" in waiting
    assert "every 1s" in waiting
    run_all(timezone.now())
    assert sorted(Mention.objects.values_list("response", flat=True)) == [a.pk for a in answers[:2]]
    done = text(alice, "index")
    assert "Done: something changed in 2 answers." in done
    assert "every 1s" not in done
    Job.objects.update(finished_at=timezone.now() - timedelta(hours=1))
    assert "All comments are read" not in text(alice, "index")

    page = text(alice, "remove", rule.ref)
    assert "Rules found “Slow” in 2 comments." in page
    assert "no other rule of this theme is on" in page
    assert alice.post(reverse("text_rules:remove", args=[rule.ref])).status_code == 302
    run_all(timezone.now())
    assert not Mention.objects.exists()


def test_a_rule_that_is_on_is_changed_and_history_follows(alice: Client, slow: Theme) -> None:
    answer = factories.response(comment="so sluggish")
    rule = TextRule.objects.create(theme=slow, patterns="slow", is_on=True)
    page = text(alice, "change", rule.ref)
    assert "all comments are read anew" in page
    told = {"theme": "slow", "patterns": "sluggish", "sentiment": "0"}
    alice.post(reverse("text_rules:change", args=[rule.ref]), told)
    run_all(timezone.now())
    assert answer.mentions.get().sentiment == 0
    assert alice.post(reverse("text_rules:switch", args=[rule.ref]), {"off": "1"})
    run_all(timezone.now())
    assert not answer.mentions.exists()


def test_what_is_wrong_is_said_beside_its_field(alice: Client, slow: Theme) -> None:
    told = {"theme": "slow", "patterns": "fine\n(late", "is_regular": "on", "sentiment": ""}
    answer = alice.post(reverse("text_rules:new"), told)
    assert answer.status_code == 422
    assert "Line 2 is no regular expression: a round bracket is not closed." in (
        answer.content.decode()
    )
    answer = alice.post(reverse("text_rules:new"), {"theme": "nothing", "patterns": "x"})
    assert answer.status_code == 422
    assert not TextRule.objects.exists()


def test_trying_out_counts_against_people_and_stores_nothing(
    alice: Client, company: Company, slow: Theme
) -> None:
    late, under = theme("late"), theme("on-the-phone", parent=slow)
    right = [coded("I waited", company.alice, slow), coded("wait wait", company.alice, under)]
    wrong = [coded("can't wait to buy", company.alice, late), coded("wait", company.alice)]
    missed = coded("the queue was long", company.alice, slow)
    unread = factories.response(comment="Waiting for you")
    TextRule.objects.create(theme=slow, patterns="for you", is_on=True)
    told = {"theme": "slow", "patterns": "wait", "sentiment": ""}

    page = alice.post(reverse("text_rules:try"), told)

    tried, said = page.context["tried"], page.content.decode()
    assert (tried.looked, tried.newest, tried.found) == (6, 6, 5)
    assert (tried.judged.agreed, tried.judged.found) == (2, 4)
    assert (tried.judged.missed, tried.judged.given) == (1, 3)
    assert tried.only == 2, "people and another rule find the rest"
    assert [(str(each), n) for each, n in tried.instead] == [("Late", 1)]
    assert tried.nothing == 1
    assert {each.answer for each in tried.examples} == {*right, *wrong, unread}
    assert [each.answer for each in tried.missed] == [missed]
    assert "<mark>waited</mark>" in said
    assert "It finds 5 of 6 comments" in said
    assert "50" in said
    assert (TextRule.objects.count(), Job.objects.count()) == (1, 0)
    plain = alice.post(reverse("text_rules:new"), {**told, "try": "1"}).content.decode()
    assert "It finds 5 of 6 comments" in plain
    assert 'value="slow" selected' in plain


def test_a_slow_expression_is_said_in_plain_words(alice: Client, slow: Theme) -> None:
    for _each in range(12):
        factories.response(comment="a" * 3900 + "b")
    told = {"theme": "slow", "patterns": "(a+)+$", "is_regular": "on", "sentiment": ""}
    said = alice.post(reverse("text_rules:try"), told).content.decode()
    assert "without repetition inside repetition" in said


def test_comments_of_others_are_not_shown_and_markup_is_text(alice: Client, slow: Theme) -> None:
    factories.response(comment="<b>slow</b>", is_test=True)
    factories.response(comment="<script>slow</script>")
    told = {"theme": "slow", "patterns": "slow", "sentiment": ""}
    page = alice.post(reverse("text_rules:try"), told)
    assert page.context["tried"].looked == 1
    assert "&lt;script&gt;<mark>slow</mark>" in page.content.decode()


def test_the_list_tells_what_was_found_and_whether_people_agree(
    alice: Client, company: Company, slow: Theme
) -> None:
    agreed = coded("slow", company.alice, slow)
    other = coded("slow too", company.alice)
    coded("sluggish", company.alice, slow)
    for each in (agreed, other):
        Mention.objects.create(
            response=each, theme=slow, source=MentionSource.RULE, weight=Decimal(100), at=NOW
        )
    TextRule.objects.create(
        theme=slow, patterns="\n".join(f"word{n}" for n in range(9)), is_on=True
    )
    TextRule.objects.create(theme=slow, patterns="x", trouble=Trouble.SLOW)
    page = alice.get(reverse("text_rules:index"))
    (ruled, rules), *_rest = page.context["ruled"]
    assert (ruled.judged.agreed, ruled.judged.found, ruled.judged.missed) == (1, 2, 1)
    assert [more for _rule, _lines, more in rules] == [3, 0]
    assert "Loopwell switched it off." in page.content.decode()
    theme_page = alice.get(reverse("taxonomy:theme", args=["slow"])).content.decode()
    assert "Rules: 2" in theme_page


def test_the_list_asks_no_more_the_more_rules_there_are(alice: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(alice, "index")
        return len(seen)

    TextRule.objects.create(theme=theme("one"), patterns="x", is_on=True)
    text(alice, "index")
    before = asked()
    for number in range(5):
        TextRule.objects.create(theme=theme(f"more-{number}"), patterns="x", is_on=True)
    assert asked() == before
