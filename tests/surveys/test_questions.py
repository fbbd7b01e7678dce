"""Questions: which can be asked, who sees which, and whether their keys stay."""

from datetime import date, datetime, timedelta

import pytest

from loopwell.kit.errors import Forbidden
from loopwell.surveys import operations
from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.operations import QuestionsWrong, Words
from loopwell.surveys.questions import DEFAULT, Condition, Question, questions_of, shown
from loopwell.surveys.rules import (
    completeness,
    faults,
    fields_of,
    filled,
    placeholder_fault,
    questions_faults,
    texts_for,
)
from loopwell.surveys.templates import TEMPLATES
from loopwell.surveys.wording import LANGUAGES
from tests.conftest import Company

NPS, WHY, CONSENT = DEFAULT
CSAT = Question("delivery", QuestionType.CSAT)
SINGLE = Question("product", QuestionType.SINGLE, options=("bread", "milk"), other=True)
GRID = Question("aspects", QuestionType.GRID, options=("price",))
TEXT = Question("else", QuestionType.TEXT)


def only(key: str, *values: str) -> Question:
    return Question("more", QuestionType.TEXT, shown_if=Condition(key, values))


def test_a_whole_questionnaire_has_no_faults() -> None:
    asked = (*DEFAULT, CSAT, SINGLE, GRID, TEXT, only("product", "milk", "other"))
    assert questions_faults(asked) == {}


@pytest.mark.parametrize(
    ("questions", "key", "said"),
    [
        ((WHY, NPS), "", "comes first"),
        ((WHY,), "", "comes first"),
        ((NPS, NPS), "", "comes first"),
        ((), "", "comes first"),
        ((NPS, WHY, Question("why2", QuestionType.COMMENT)), "", "can be asked once"),
        ((NPS, CONSENT, Question("c2", QuestionType.CONSENT)), "", "can be asked once"),
        ((NPS, CSAT, CSAT), "", "same name"),
        ((NPS, *[Question(f"t{n}", QuestionType.TEXT) for n in range(12)]), "", "At most 12"),
        ((NPS, Question("s", QuestionType.SINGLE, options=("a",))), "s", "two choices"),
        ((NPS, Question("m", QuestionType.MULTIPLE, options=("a", "a"))), "m", "the same"),
        ((NPS, Question("g", QuestionType.GRID)), "g", "one aspect"),
        ((NPS, Question("r", QuestionType.CSAT, points=1)), "r", "2 to 10 points"),
        ((NPS, Question("r", QuestionType.CES, points=11)), "r", "2 to 10 points"),
        ((NPS, Question("h", QuestionType.HIDDEN)), "h", "property or link"),
        ((NPS, only("product", "milk"), SINGLE), "more", "does not come before"),
        ((NPS, only("nobody", "milk")), "more", "does not come before"),
        ((NPS, SINGLE, only("product", "tea")), "more", "does not have"),
        ((NPS, only("nps", "9")), "more", "does not have"),
        ((NPS, CSAT, only("delivery", "6")), "more", "does not have"),
        ((NPS, SINGLE, only("product")), "more", "does not have"),
        ((NPS, TEXT, only("else", "x")), "more", "no fixed answers"),
    ],
)
def test_what_cannot_be_asked(questions: tuple[Question, ...], key: str, said: str) -> None:
    found = questions_faults(questions)

    assert list(found) == [key]
    assert any(said in message for message in found[key])


def test_who_sees_a_question() -> None:
    to_detractors = Question("wrong", QuestionType.TEXT, shown_if=Condition("nps", ("detractor",)))
    after = Question("how", QuestionType.TEXT, shown_if=Condition("product", ("milk", "other")))
    asked = (NPS, SINGLE, to_detractors, after)

    def keys(score: int | None, **answers: object) -> list[str]:
        return [each.key for each in shown(asked, score, answers)]

    assert keys(None) == ["nps", "product"]
    assert keys(6) == ["nps", "product", "wrong"]
    assert keys(7) == ["nps", "product"]
    assert keys(9, product="bread") == ["nps", "product"]
    assert keys(9, product="milk") == ["nps", "product", "how"]
    assert keys(9, product={"other": "tea"}) == ["nps", "product", "how"]
    assert keys(9, product={"chosen": ["bread", "milk"], "other": ""})[-1] == "how"


@pytest.fixture
def survey(company: Company, now: datetime) -> Survey:
    return operations.create_survey(
        actor=company.actor("alice"), name="S", kind=SurveyKind.RELATIONSHIP,
        languages=["en", "ru"], now=now,
    )  # fmt: skip


class Builder:
    """Alice at work on a survey."""

    def __init__(self, company: Company, survey: Survey, now: datetime) -> None:
        self.actor, self.survey, self.now = company.actor("alice"), survey, now

    def add(self, question: Question, label: str, *options: str) -> Question:
        words = Words(label=label, low="Low", high="High",
                      options=tuple(("", option) for option in options))  # fmt: skip
        return operations.add_question(
            actor=self.actor, survey=self.survey, question=question, words=words,
            language="en", now=self.now,
        )  # fmt: skip

    def remove(self, key: str) -> None:
        operations.remove_question(actor=self.actor, survey=self.survey, key=key, now=self.now)

    def publish(self) -> Version:
        draft = self.survey.versions.get(published_at=None)
        for code, own in draft.texts.items():  # the same words in every language will do here
            operations.save_draft(
                actor=self.actor, survey=self.survey, language=code,
                texts={**draft.texts["en"], **own}, now=self.now,
            )  # fmt: skip
        self.now += timedelta(days=1)
        return operations.publish_version(actor=self.actor, survey=self.survey, now=self.now)

    def keys(self) -> list[str]:
        return [each.key for each in questions_of(self.survey.versions.order_by("-number")[0])]


@pytest.fixture
def build(company: Company, survey: Survey, now: datetime) -> Builder:
    return Builder(company, survey, now)


def test_keys_are_made_from_words_and_differ(build: Builder) -> None:
    assert build.add(TEXT, "Что нам улучшить?").key == "chto_nam_uluchshit"
    assert build.add(TEXT, "Что нам улучшить?").key == "chto_nam_uluchshit_2"
    assert build.add(TEXT, "Comment").key not in {"comment", "score", "consent"}
    made = build.add(SINGLE, "Which?", "Other", "Low", "Milk!", "Milk")
    assert made.options == ("other_2", "low_2", "milk", "milk_2")


def test_a_new_draft_begins_with_the_questions_of_the_live_version(build: Builder) -> None:
    build.add(CSAT, "Delivery")
    live = build.publish()
    before = live.questions

    build.add(TEXT, "What else?")

    assert build.keys() == ["nps", "why", "consent", "delivery", "what_else"]
    assert Version.objects.get(pk=live.pk).questions == before


def test_a_question_taken_up_again_goes_on_and_another_kind_does_not(build: Builder) -> None:
    build.add(CSAT, "Delivery")
    build.publish()
    build.remove("delivery")
    build.publish()

    assert build.add(TEXT, "Delivery").key == "delivery_2"
    assert build.add(CSAT, "Delivery").key == "delivery"


def test_the_kind_of_a_published_question_is_settled(build: Builder) -> None:
    build.add(CSAT, "Delivery")
    build.publish()

    for wrong in (
        Question("delivery", QuestionType.TEXT),
        Question("delivery", CSAT.type, points=7),
    ):
        with pytest.raises(QuestionsWrong) as error:
            operations.save_questions(actor=build.actor, survey=build.survey,
                                      questions=[*DEFAULT, wrong], now=build.now)  # fmt: skip
        assert list(error.value.fields) == ["delivery"]


def test_what_another_question_waits_for_is_not_removed(build: Builder) -> None:
    build.add(SINGLE, "Which?", "A", "B")
    build.add(only("which", "a"), "Why A?")

    with pytest.raises(QuestionsWrong, match="Change that first"):
        build.remove("which")
    with pytest.raises(QuestionsWrong, match="does not come before"):
        operations.move_question(actor=build.actor, survey=build.survey, key="which", up=False,
                                 now=build.now)  # fmt: skip
    assert build.keys()[-2:] == ["which", "why_a"]


def test_readers_change_no_questions(company: Company, survey: Survey, now: datetime) -> None:
    mark = company.actor("mark")
    with pytest.raises(Forbidden):
        operations.save_questions(actor=mark, survey=survey, questions=DEFAULT, now=now)
    with pytest.raises(Forbidden):
        operations.add_question(
            actor=mark, survey=survey, question=CSAT, words=Words("x"), language="en", now=now
        )
    with pytest.raises(Forbidden):
        operations.remove_question(actor=mark, survey=survey, key="why", now=now)
    with pytest.raises(Forbidden):
        operations.move_question(actor=mark, survey=survey, key="why", up=True, now=now)


def test_a_language_lacks_the_words_of_a_new_question(build: Builder) -> None:
    build.add(CSAT, "Delivery?")
    version = build.survey.versions.get()
    questions = questions_of(version)

    assert completeness(version.texts["en"], questions).whole
    lacking = completeness(version.texts["ru"], questions)
    assert lacking.needed - lacking.done == 3
    assert set(faults(version.texts["ru"], questions)) == {
        "delivery.label", "delivery.low", "delivery.high",
    }  # fmt: skip
    assert texts_for(version, "ru")["delivery.label"] == "Delivery?"


def test_a_review_needs_a_safe_address_and_words(build: Builder) -> None:
    texts = dict(build.survey.versions.get().texts["en"])

    def wrong(**more: str) -> set[str]:
        return set(faults({**texts, **more}))

    assert wrong() == set()
    assert wrong(review_url="https://reviews.example/us", review_label="Review us") == set()
    assert wrong(review_url="https://reviews.example/us", review_label="") == {"review_label"}
    for bad in ("http://reviews.example", "javascript:alert(1)", "https://", "https://[x", "x y"):
        assert "review_url" in wrong(review_url=bad, review_label="Review us"), bad


@pytest.mark.parametrize(
    ("text", "fields", "expected"),
    [
        ("A {product} of {unit}", {"product": "bike", "unit": "North"}, "A bike of North"),
        ("About {product|your order}.", {}, "About your order."),
        ("About {product|your order}.", {"product": "the bike"}, "About the bike."),
        ("Hello {first_name}, {employee} served you.", {"employee": "Eva"},
         "Hello Ann, Eva served you."),
        ("Hello {employee}!", {}, "Hello!"),
        ("{product}, how was it?", {}, "How was it?"),
        ("{product|your order}, how was it?", {}, "your order, how was it?"),
        ("Plan: {property.plan}", {"property.plan": "Gold\r\nBcc: x"}, "Plan: Gold Bcc: x"),
        ("{property.plan|No plan} and {nothing}", {}, "No plan and {nothing}"),
        ("No braces", {}, "No braces"),
        ("{company}", {"company": "Evil"}, "Acme"),
    ],
)  # fmt: skip
def test_what_is_known_is_put_in(text: str, fields: dict[str, str], expected: str) -> None:
    assert filled({"a": text}, company="Acme", name="Ann Brown", fields=fields) == {"a": expected}


def test_the_fields_of_a_contact() -> None:
    found = fields_of(employee="Eva", on=date(2026, 3, 4), properties={"plan": 3, "x": None})

    assert found == {
        "employee": "Eva", "unit": "", "product": "", "touchpoint": "",
        "date": "4 March 2026", "property.plan": "3", "property.x": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{name} {first_name} {property.plan|none} {date}", ""),
        ("{nome}", "{nome} is not known"),
        ("{property.Bad-Name}", "is not known"),
        ("{name", "A brace is open"),
        ("name}", "A brace is open"),
        ("{name|{product}}", "A brace is open"),
    ],
)
def test_wrong_braces_are_found(text: str, said: str) -> None:
    assert placeholder_fault(text).startswith(said) if not said else said in placeholder_fault(text)
    assert bool(placeholder_fault(text)) == bool(said)


def test_a_new_language_begins_with_the_ready_made_words(company: Company, now: datetime) -> None:
    alice = company.actor("alice")
    key, template = next(iter(TEMPLATES.items()))
    survey = operations.create_survey(
        actor=alice, name="S", kind=template.kind, languages=["en"], now=now, template=key
    )
    operations.add_question(
        actor=alice, survey=survey, question=Question("", QuestionType.CSAT), language="en",
        words=Words("Own words?", low="Very dissatisfied", high="Very satisfied"), now=now,
    )  # fmt: skip

    version = operations.set_languages(
        actor=alice, survey=survey, languages=["en", "ru"], default="en", now=now
    )

    texts = version.texts["ru"]
    assert {k: texts.get(k) for k in template.texts["ru"]} == template.texts["ru"]
    assert texts["own_words.low"] == LANGUAGES["ru"].SCALES["csat"][0]
    assert set(faults(texts, questions_of(version))) == {"own_words.label"}
