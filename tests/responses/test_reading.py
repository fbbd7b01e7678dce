"""What the form of a respondent's page says, in the shapes that are stored."""

import pytest
from django.http import QueryDict

from loopwell.kit.errors import Invalid
from loopwell.respond.steps import on_page, page_after
from loopwell.responses.reading import answers_from, missing
from loopwell.surveys.enums import QuestionType as Kind
from loopwell.surveys.questions import Condition, Question

ASKED = (
    Question("nps", Kind.NPS, required=True),
    Question("why", Kind.COMMENT),
    Question("sat", Kind.CSAT),
    Question("ease", Kind.CES, points=7),
    Question("drivers", Kind.GRID, options=("price", "staff")),
    Question("how", Kind.SINGLE, options=("shop", "web"), other=True),
    Question("which", Kind.MULTIPLE, options=("a", "b", "c"), other=True),
    Question("idea", Kind.TEXT),
    Question("campaign", Kind.HIDDEN, source="utm_campaign"),
    Question("rescue", Kind.TEXT, shown_if=Condition("nps", ("detractor",))),
    Question("page", Kind.TEXT, required=True, shown_if=Condition("how", ("web",))),
)
TEXTS = {"sat.label": "How was it?"}


def test_every_type_comes_in_its_shape() -> None:
    said = answers_from(
        QueryDict(
            "chosen=3&comment=Late&contact=yes&q.sat=4&q.ease=7&q.drivers.price=2&q.how=shop"
            "&q.which=c&q.which=a&q.which.other=d&q.idea=+Open+late+&q.campaign=may&q.rescue=call"
        ),
        ASKED,
        TEXTS,
    )

    assert (said.score, said.comment, said.contact_consent) == (3, "Late", True)
    assert said.answers == {
        "sat": 4,
        "ease": 7,
        "drivers": {"price": 2},
        "how": "shop",
        "which": {"chosen": ["a", "c"], "other": "d"},
        "idea": "Open late",
        "campaign": "may",
        "rescue": "call",
    }


def test_what_was_not_shown_is_not_listened_to() -> None:
    said = answers_from(QueryDict("score=9&q.rescue=x&q.page=y&q.how=shop&q.nothing=z"), ASKED, {})

    assert said.answers == {"how": "shop"}


@pytest.mark.parametrize(
    ("post", "stored"),
    [
        ("q.how=other&q.how.other=by+phone", {"how": {"other": "by phone"}}),
        ("q.how.other=by+phone", {"how": {"other": "by phone"}}),
        ("q.how=other", {"how": {"other": "…"}}),
        ("q.how=web&q.how.other=x", {"how": "web"}),
        ("q.which=other", {"which": {"chosen": [], "other": "…"}}),
        ("q.idea=" + "x" * 6000, {"idea": "x" * 5000}),
        ("q.campaign=" + "x" * 400, {"campaign": "x" * 300}),
        ("q.idea=%00+", None),
    ],
)
def test_own_words_and_limits(post: str, stored: object) -> None:
    assert answers_from(QueryDict(f"score=8&{post}"), ASKED, {}).answers == stored


@pytest.mark.parametrize(
    ("post", "key"),
    [
        ("q.sat=6", "sat"),
        ("q.sat=٣", "sat"),
        ("q.drivers.staff=0", "drivers"),
        ("q.how=moon", "how"),
        ("q.which=moon", "which"),
    ],
)
def test_what_no_form_sends_is_refused_by_name(post: str, key: str) -> None:
    with pytest.raises(Invalid) as error:
        answers_from(QueryDict(f"score=8&{post}"), ASKED, TEXTS)

    assert list(error.value.fields) == [key]
    assert TEXTS.get(f"{key}.label", key) in error.value.fields[key][0]


def test_what_is_emptied_replaces_what_was_said() -> None:
    earlier = {"idea": "x", "which": {"chosen": ["a"], "other": ""}, "sat": 3}
    said = answers_from(
        QueryDict("score=8&asked=idea+which+sat&q.idea="), ASKED, {}, earlier=earlier
    )

    assert said.answers == {"idea": "", "which": {"chosen": [], "other": ""}}


def test_dependent_questions_come_on_the_next_page() -> None:
    first = [each.key for each in on_page(ASKED, 1, score=3, answers={"how": "web"})]

    assert "rescue" in first
    assert "page" not in first
    assert page_after(ASKED, 1, score=3, answers={"how": "web"}) == 2
    assert page_after(ASKED, 1, score=3, answers={"how": "shop"}) is None
    second = on_page(ASKED, 2, score=3, answers={"how": "web"})
    assert list(missing(second, {}, comment="", contact_consent=None)) == ["page"]
    assert missing(second, {"page": "x"}, comment="", contact_consent=None) == {}
