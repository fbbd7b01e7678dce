"""The pages on which comments are coded, and those that say how good the model is."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.jobs.running import run_all
from loopwell.responses.models import Response
from loopwell.themes.models import CoderVersion, Coding, HiddenTopic, Mention, TextRule, Theme
from tests import factories
from tests.conftest import NOW, Company
from tests.themes.test_coding import taught, themes

__all__ = ["themes"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


def test_without_comments_the_page_says_where_they_come_from(page: Client) -> None:
    told = page.get("/coding/").content.decode()

    assert "There is no comment yet" in told
    assert "/imports/" in told


def test_one_comment_after_the_other(page: Client, themes: dict[str, Theme]) -> None:
    first, second = (factories.response(score=2, comment=f"I waited {n}") for n in (1, 2))
    shown = page.get("/coding/").content.decode()
    assert ("I waited 1" in shown) != ("I waited 2" in shown)
    assert "drawn at random" in shown
    ref = first.ref if "I waited 1" in shown else second.ref

    saved = page.post(
        f"/coding/{ref}/",
        {"save": "1", "theme": ["waiting", "price"], "feeling-waiting": "0",
         "words-waiting": "2-8"},
        follow=True,
    )  # fmt: skip

    coding = Coding.objects.get()
    assert coding.response.ref == ref
    assert coding.is_random is True
    assert coding.themes == [
        {"theme": "waiting", "sentiment": 0, "words": [[2, 8]]},
        {"theme": "price", "sentiment": -1, "words": []},
    ]
    assert "You coded 1 comment today" in saved.content.decode()
    other = second if ref == first.ref else first
    assert other.comment in saved.content.decode()

    undone = page.post(f"/coding/{ref}/undo/").content.decode()
    assert not Coding.objects.exists()
    assert 'value="waiting" id="theme-waiting" checked' in undone


def test_none_and_skip(page: Client, themes: dict[str, Theme]) -> None:
    response = factories.response(score=2, comment="just so")
    skipped = page.post(f"/coding/{response.ref}/", {"skip": "1"}, follow=True).content.decode()
    assert not Coding.objects.exists()
    assert "just so" not in skipped

    page.post(f"/coding/{response.ref}/", {"none": "1"})

    assert Coding.objects.get().themes == []
    assert Coding.objects.get().is_random is False


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"save": "1"}, "Choose a theme, or say that it has none of them"),
        ({"save": "1", "theme": "gone"}, "There is no theme gone any more"),
        ({"save": "1", "theme": "price", "words-price": "x"}, "cannot be read"),
        ({"save": "1", "theme": "price", "words-price": "5-999"}, "outside the comment"),
        ({"save": "1", "theme": "price", "feeling-price": "7"}, "negative, neutral or positive"),
    ],
)
def test_bad_codes_are_told_and_the_comment_stays(
    page: Client, themes: dict[str, Theme], data: dict[str, str], told: str
) -> None:
    response = factories.response(score=2, comment="too dear")

    answer = page.post(f"/coding/{response.ref}/", data)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "too dear" in answer.content.decode()
    assert not Coding.objects.exists()


def test_line_ends_stay_so_that_marked_words_meet(page: Client, themes: dict[str, Theme]) -> None:
    """HTML would make one character of two."""
    response = factories.response(score=2, comment="first\r\nI waited")

    assert "first&#13;\nI waited" in page.get(f"/coding/{response.ref}/").content.decode()


@pytest.mark.parametrize("comment", ["😀" * 1000, "خدمة سيئة", "<script>alert(1)</script>"])
def test_any_comment_is_shown_as_it_is(
    page: Client, themes: dict[str, Theme], comment: str
) -> None:
    response = factories.response(score=2, comment=comment)

    shown = page.get(f"/coding/{response.ref}/")

    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()


def test_the_number_of_queries_does_not_grow(
    page: Client, themes: dict[str, Theme], django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        factories.response(score=2, comment=f"comment {number}")
    page.get("/coding/")
    with django_assert_max_num_queries(40):  # type: ignore[operator]  # a fixture's callable
        page.get("/coding/")


def test_the_model_page_from_nothing_to_a_version(
    page: Client, company: Company, themes: dict[str, Theme]
) -> None:
    assert "There is no model yet" in page.get("/coding/model/").content.decode()
    taught(company)
    assert "The model can learn now" in page.get("/coding/model/").content.decode()

    page.post("/coding/model/train/")
    assert "Learning" in page.get("/coding/model/").content.decode()
    run_all(NOW + timedelta(days=400))
    told = page.get("/coding/model/").content.decode()

    assert "Of 10 themes that people find the model finds 10" in told
    assert "reads now" in told
    assert CoderVersion.objects.get().trained_by is None

    page.post("/coding/model/train/")
    run_all(NOW + timedelta(days=400))
    older = CoderVersion.objects.order_by("pk")[0]
    page.post(f"/coding/model/{older.pk}/use/")
    assert CoderVersion.objects.get(is_used=True).pk == older.pk
    page.post("/coding/model/stop/")
    assert "No version reads the comments at present" in page.get("/coding/model/").content.decode()


def test_what_the_model_finds_likely_is_offered_first(
    page: Client, company: Company, themes: dict[str, Theme]
) -> None:
    taught(company)
    page.post("/coding/model/train/")
    run_all(NOW + timedelta(days=400))
    response = factories.response(score=2, comment="the price rose by 5 percent")

    shown = page.get(f"/coding/{response.ref}/").content.decode()

    keys = re.findall(r'value="([\w-]+)" id="theme-[\w-]+" data-key="(\d)"', shown)
    assert keys[0] == ("price", "1")


def test_agreement_of_two(page: Client, company: Company, themes: dict[str, Theme]) -> None:
    assert "Nothing was coded twice yet" in page.get("/coding/agreement/").content.decode()
    for number in range(10):
        response = factories.response(score=2, comment=f"I waited {number}")
        second = "price" if number == 0 else "waiting"
        for coder, slug, again in ((company.alice, "waiting", False), (company.mark, second, True)):
            said = [{"theme": slug, "sentiment": -1, "words": []}]
            Coding.objects.create(response=response, coder=coder, themes=said, is_second=again)

    told = page.get("/coding/agreement/").content.decode()

    assert "Two people found the same in 9 of 10 comments" in told
    assert "Talk about these" in told
    assert "I waited 0" in told


def test_a_new_topic_becomes_a_theme_or_is_hidden(
    page: Client, company: Company, themes: dict[str, Theme]
) -> None:
    taught(company)
    page.post("/coding/model/train/")
    for number in range(40):
        factories.response(score=2, comment=f"esim activation failed {number} again")
    run_all(NOW + timedelta(days=400))
    Response.objects.update(answered_at=timezone.now())

    shown = page.get("/coding/topics/").content.decode()
    term = re.search(r'name="term" value="(\w+)', shown)
    assert term is not None

    page.post("/coding/topics/make/", {"name": "eSIM", "kind": "defect", "under": "",
                                       "term": ["esim", "activation"]})  # fmt: skip
    rule = TextRule.objects.get(theme__slug="esim")
    assert (rule.patterns, rule.is_on) == ("esim\nactivation", False)

    page.post("/coding/topics/hide/", {"term": term[1]})
    assert HiddenTopic.objects.get().term == term[1]


def test_others_do_not_get_in(client: Client, company: Company) -> None:
    client.force_login(company.fiona)
    for path in ("", "model/", "agreement/", "topics/"):
        assert client.get(f"/coding/{path}").status_code == 403, path


def test_the_answer_says_what_it_is_about(page: Client, themes: dict[str, Theme]) -> None:
    response = factories.response(score=2, comment="I waited")
    Mention.objects.create(
        response=response, theme=themes["waiting"], source="model", weight=100, confidence=0.87,
        words=[[2, 8]],
    )  # fmt: skip

    told = page.get(f"/answers/{response.ref}/").content.decode()

    assert "Found by the model, 87 %" in told
    assert "“waited”" in told
    assert f"/coding/{response.ref}/" in told
