"""The builder as people use it: questions added, worded, moved, removed, tried and published."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loopwell.delivery.models import Message
from loopwell.responses.models import Response
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.operations import create_survey, publish_version
from loopwell.surveys.questions import Condition, questions_of
from tests import factories
from tests.conftest import Company


@pytest.fixture
def survey(company: Company, now: datetime) -> Survey:
    return create_survey(
        actor=company.actor("alice"), name="Spring", kind="relationship",  # type: ignore[arg-type]
        languages=["en", "ru"], now=now,
    )  # fmt: skip


@pytest.fixture
def alice(company: Company, client: Client) -> Client:
    client.force_login(company.alice)
    return client


CHOICE: dict[str, Any] = {
    "label": "Which product?",
    "option_key": ["", "", ""],
    "option_label": ["Bread & butter", "", "Milk"],
    "other": "on",
    "other_label": "Another",
    "language": "en",
}


def add(client: Client, survey: Survey, kind: str, **given: Any) -> Any:
    return client.post(f"/surveys/{survey.ref}/questions/new/{kind}/", {"language": "en", **given})


def draft(survey: Survey) -> Version:
    return survey.versions.order_by("-number")[0]


def keys(survey: Survey) -> list[str]:
    return [question.key for question in questions_of(draft(survey))]


def test_a_choice_is_added_shown_and_changed(alice: Client, survey: Survey) -> None:
    done = add(alice, survey, "single", **CHOICE)

    assert done.headers["Location"] == f"/surveys/{survey.ref}/?language=en#q-which_product"
    question = questions_of(draft(survey))[-1]
    assert (question.key, question.options, question.other) == (
        "which_product", ("bread_butter", "milk"), True,
    )  # fmt: skip
    page = alice.get(f"/surveys/{survey.ref}/?language=en").content.decode()
    assert "Bread &amp; butter · Milk · Another" in page

    change = {**CHOICE, "label": "What did you buy?", "option_key": ["milk", "bread_butter", ""],
              "option_label": ["Fresh milk", "", "Tea"], "shown_to": ["nps:detractor"]}  # fmt: skip
    alice.post(f"/surveys/{survey.ref}/questions/which_product/", change)

    question = questions_of(draft(survey))[-1]
    assert (question.key, question.options) == ("which_product", ("milk", "tea"))
    assert question.shown_if == Condition("nps", ("detractor",))
    texts = draft(survey).texts["en"]
    assert texts["which_product.milk"] == "Fresh milk"
    assert "which_product.bread_butter" not in texts
    page = alice.get(f"/surveys/{survey.ref}/?language=en").content.decode()
    assert "Shown only to detractors" in page


def test_choices_move_up_without_script(alice: Client, survey: Survey) -> None:
    add(alice, survey, "single", **CHOICE)
    moved = {**CHOICE, "option_key": ["bread_butter", "milk"],
             "option_label": ["Bread & butter", "Milk"], "up": "1"}  # fmt: skip

    done = alice.post(f"/surveys/{survey.ref}/questions/which_product/", moved)

    assert done.headers["Location"].endswith("/questions/which_product/?language=en")
    assert questions_of(draft(survey))[-1].options == ("milk", "bread_butter")


def test_what_is_wrong_with_a_question_is_said(alice: Client, survey: Survey) -> None:
    page = add(alice, survey, "single", **{**CHOICE, "option_label": ["Bread", "", ""]})
    assert page.status_code == 422
    assert "Give at least two choices." in page.content.decode()

    both = ["nps:promoter", "why:x"]
    page = add(alice, survey, "text", label="Why?", shown_to=both)
    assert page.status_code == 422
    assert "Choose answers of one earlier question only." in page.content.decode()
    assert keys(survey) == ["nps", "why", "consent"]


def test_questions_move_and_go_and_ask_once(alice: Client, survey: Survey) -> None:
    add(alice, survey, "text", label="What else?")
    base = f"/surveys/{survey.ref}/questions/what_else/"

    alice.post(f"{base}move/", {"to": "up"})
    assert keys(survey) == ["nps", "why", "what_else", "consent"]
    alice.post(f"{base}move/", {"to": "down"})
    assert keys(survey)[-1] == "what_else"

    asked = alice.get(f"{base}remove/")
    assert "What else?" in asked.content.decode()
    assert keys(survey)[-1] == "what_else"
    alice.post(f"{base}remove/")
    assert keys(survey) == ["nps", "why", "consent"]
    assert "what_else.label" not in draft(survey).texts["en"]


def test_the_score_stays_first(alice: Client, survey: Survey) -> None:
    page = alice.post(f"/surveys/{survey.ref}/questions/why/move/", {"to": "up"}, follow=True)

    assert "The recommendation comes first, and once." in page.content.decode()
    assert keys(survey)[0] == "nps"


def test_each_language_says_what_it_lacks(alice: Client, survey: Survey) -> None:
    add(alice, survey, "single", **CHOICE)

    page = alice.get(f"/surveys/{survey.ref}/").content.decode()
    assert "13 of 17 texts" in page
    stopped = alice.post(f"/surveys/{survey.ref}/publish/")
    assert stopped.status_code == 422
    assert f"/surveys/{survey.ref}/edit/ru/#id_which_product.milk" in stopped.content.decode()

    words = {**draft(survey).texts["ru"], "which_product.label": "Что вы купили?",
             "which_product.bread_butter": "Хлеб", "which_product.milk": "Молоко",
             "which_product.other": "Другое"}  # fmt: skip
    alice.post(f"/surveys/{survey.ref}/edit/ru/", words)

    assert alice.post(f"/surveys/{survey.ref}/publish/").status_code == 302
    assert draft(survey).published_at is not None


def test_publishing_says_what_changes(
    alice: Client, company: Company, survey: Survey, now: datetime
) -> None:
    publish_version(actor=company.actor("alice"), survey=survey, now=now)
    add(alice, survey, "csat")
    page = add(alice, survey, "csat", label="Was it good?", points="5", low="No", high="Yes")
    assert page.status_code == 302
    alice.post(f"/surveys/{survey.ref}/questions/consent/remove/")

    page = alice.get(f"/surveys/{survey.ref}/publish/")

    assert page.context["changes"] == [
        "New question: “Was it good?”",
        "No longer asked: “May we contact you about your answer?”",
        "English: 3 texts changed",
    ]
    assert len(page.context["missing"]) == 3


def test_the_preview_follows_the_form_and_the_category(alice: Client, survey: Survey) -> None:
    address = f"/surveys/{survey.ref}/preview/en/"
    typed = {**CHOICE, "question_form": "new-single", "label": "Typed?", "as": "detractor",
             "shown_to": ["nps:detractor"], "size": "desktop"}  # fmt: skip

    seen = alice.post(address, typed).content.decode()
    assert "Typed?" in seen
    assert "Milk" in seen
    assert 'class="desk"' in seen
    assert "Typed?" not in alice.post(address, {**typed, "as": "promoter"}).content.decode()
    assert keys(survey) == ["nps", "why", "consent"]

    words = {"thanks": "Thanks", "thanks_promoter": "Hooray", "review_url": "https://r.example/",
             "review_label": "Tell others", "call_when": "When?"}  # fmt: skip
    promoter = alice.post(address, {**words, "as": "promoter"}).content.decode()
    detractor = alice.post(address, {**words, "as": "detractor"}).content.decode()
    assert ("Hooray" in promoter, "Tell others" in promoter, "When?" in promoter) == (
        True, True, False,
    )  # fmt: skip
    assert ("Hooray" in detractor, "Tell others" in detractor, "When?" in detractor) == (
        False, False, True,
    )  # fmt: skip


def test_a_question_only_some_get_opens_as_they_see_it(alice: Client, survey: Survey) -> None:
    add(alice, survey, "single", **CHOICE, shown_to=["nps:detractor"])
    address = f"/surveys/{survey.ref}/questions/which_product/"

    assert alice.get(address).context["look"].category == "detractor"
    assert alice.get(f"{address}?as=passive").context["look"].category == "passive"


def test_every_kind_of_question_has_its_page(alice: Client, survey: Survey) -> None:
    page = alice.get(f"/surveys/{survey.ref}/")
    kinds = [each["type"] for each in page.context["addable"]]
    assert kinds == ["csat", "ces", "grid", "single", "multiple", "text", "hidden"]
    for kind in kinds:
        assert alice.get(f"/surveys/{survey.ref}/questions/new/{kind}/").status_code == 200, kind
    for kind in ("nps", "comment", "nothing"):
        assert alice.get(f"/surveys/{survey.ref}/questions/new/{kind}/").status_code == 404, kind
    for key in ("nps", "why", "consent"):
        assert alice.get(f"/surveys/{survey.ref}/questions/{key}/").status_code == 200, key


def test_the_words_of_the_score_and_why_are_edited_too(alice: Client, survey: Survey) -> None:
    alice.post(
        f"/surveys/{survey.ref}/questions/why/",
        {"label": "Why so?", "why_detractor": "What went wrong?", "language": "en"},
    )

    texts = draft(survey).texts["en"]
    assert (texts["why"], texts["why_detractor"]) == ("Why so?", "What went wrong?")


def test_a_test_goes_to_me_and_its_answer_counts_nowhere(
    alice: Client, company: Company, survey: Survey, now: datetime
) -> None:
    none = alice.post(f"/surveys/{survey.ref}/test/", follow=True)
    assert "there is none yet" in none.content.decode()
    factories.customer(name="Somebody")
    me = factories.customer(name="Alice", email="ALICE@acme.example")

    alice.post(f"/surveys/{survey.ref}/test/", {"language": "ru"})

    message = Message.objects.get()
    asked = message.invitation
    assert (message.to, asked.customer_id, asked.is_test, asked.language) == (
        company.alice.email, me.pk, True, "ru",
    )  # fmt: skip
    factories.response(survey=survey, version=draft(survey), invitation=asked, customer=me,
                       is_test=True, score=2, comment="Only a test")  # fmt: skip
    kept = factories.response(survey=survey, score=9)
    assert "Only a test" in alice.get(f"/surveys/{survey.ref}/").content.decode()
    assert alice.get(f"/surveys/{survey.ref}/results/").context["counted"].n == 1

    alice.post(f"/surveys/{survey.ref}/test-answers/delete/")

    assert list(Response.objects.all()) == [kept]
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", ["mark", "oscar"])
def test_readers_cannot_build(company: Company, survey: Survey, client: Client, name: str) -> None:
    client.force_login(getattr(company, name))
    base = f"/surveys/{survey.ref}"
    for page in ("questions/new/csat/", "questions/why/", "questions/why/remove/"):
        assert client.get(f"{base}/{page}").status_code == 403, page
        assert client.post(f"{base}/{page}").status_code == 403, page
    for act in ("questions/why/move/", "test/", "test-answers/delete/"):
        assert client.post(f"{base}/{act}").status_code == 403, act
    assert draft(survey).questions == []


def test_the_pages_ask_no_more_of_the_database_with_more_questions(
    alice: Client, survey: Survey
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            alice.get(f"/surveys/{survey.ref}/")
        return len(found)

    add(alice, survey, "text", label="One")
    before = asked()
    for label in ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"):
        add(alice, survey, "text", label=label)
    assert len(keys(survey)) == 12
    assert asked() == before
    assert alice.get(f"/surveys/{survey.ref}/").context["addable"] == []
