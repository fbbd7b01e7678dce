"""Pages of surveys: made, written, published, and closed to readers."""

import re
from datetime import datetime

import pytest
from django.test import Client

from loopwell.surveys.models import Survey, Version
from loopwell.surveys.operations import create_survey
from loopwell.surveys.wording import WORDING
from tests import factories
from tests.conftest import Company


@pytest.fixture
def survey(company: Company, now: datetime) -> Survey:
    return create_survey(
        actor=company.actor("alice"), name="Spring", kind="relationship",  # type: ignore[arg-type]
        languages=["en", "ru"], now=now,
    )  # fmt: skip


def pages(ref: str) -> list[str]:
    base = f"/surveys/{ref}/"
    return ["/surveys/", "/surveys/new/", "/surveys/new/empty/", "/surveys/new/visit/", base,
            f"{base}edit/ru/", f"{base}publish/", f"{base}versions/1/",
            f"{base}questions/new/csat/", f"{base}questions/why/"]  # fmt: skip


def test_pages_open_for_the_programme(company: Company, survey: Survey, client: Client) -> None:
    client.force_login(company.alice)
    for page in pages(survey.ref):
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("name", ["mark", "fiona", "oscar"])
def test_readers_are_refused(company: Company, survey: Survey, client: Client, name: str) -> None:
    client.force_login(getattr(company, name))
    for page in pages(survey.ref):
        assert client.get(page).status_code == 403, page
    for act in ("publish", "archive", "languages", "preview/en"):
        assert client.post(f"/surveys/{survey.ref}/{act}/").status_code == 403
    assert Version.objects.get().published_at is None


def test_nobody_is_sent_to_the_login(survey: Survey, client: Client) -> None:
    for page in pages(survey.ref):
        assert client.get(page).status_code == 302


def test_what_does_not_exist_is_404(company: Company, survey: Survey, client: Client) -> None:
    client.force_login(company.alice)
    for page in ("/surveys/nothing/", f"/surveys/{survey.ref}/edit/pl/",
                 f"/surveys/{survey.ref}/versions/9/"):  # fmt: skip
        assert client.get(page).status_code == 404, page


def test_from_nothing_to_a_live_survey(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    made = client.post(
        "/surveys/new/empty/",
        {"name": "Visits", "kind": "transactional", "languages": ["ru", "pl"]},
    )
    ref = Survey.objects.get().ref
    assert made.headers["Location"] == f"/surveys/{ref}/"

    texts = {**WORDING["ru"]["transactional"], "question": "Всё хорошо?"}
    client.post(f"/surveys/{ref}/edit/ru/", texts)
    client.post(f"/surveys/{ref}/publish/")

    version = Version.objects.get()
    assert (version.published_by, version.default_language) == (company.alice, "ru")
    assert version.texts["ru"]["question"] == "Всё хорошо?"


def test_what_is_wrong_is_said_beside_the_field(
    company: Company, survey: Survey, client: Client
) -> None:
    client.force_login(company.alice)
    texts = {**WORDING["ru"]["relationship"], "low": "x" * 61, "subject": "{nom}"}

    page = client.post(f"/surveys/{survey.ref}/edit/ru/", texts)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"low", "subject"}
    assert Version.objects.get().texts["ru"] == WORDING["ru"]["relationship"]


def test_half_a_translation_can_be_saved_but_not_published(
    company: Company, survey: Survey, client: Client
) -> None:
    client.force_login(company.alice)
    texts = {**WORDING["ru"]["relationship"], "question": "", "subject": "Тема"}

    page = client.post(f"/surveys/{survey.ref}/edit/ru/", texts, follow=True)

    assert "1 text is still missing" in page.content.decode()
    assert Version.objects.get().texts["ru"]["subject"] == "Тема"
    assert client.post(f"/surveys/{survey.ref}/publish/").status_code == 422


def test_the_preview_shows_what_is_typed_and_stores_nothing(
    company: Company, survey: Survey, client: Client
) -> None:
    client.force_login(company.alice)
    page = client.post(
        f"/surveys/{survey.ref}/preview/en/",
        {"question": "<script>alert(1)</script> {company}?", "greeting": "Hi {name}"},
    )

    shown = page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Acme?" in shown
    assert "Hi Anna Brown" in shown
    assert Version.objects.get().texts["en"] == WORDING["en"]["relationship"]


def test_a_survey_that_only_holds_imported_answers_says_so(
    company: Company, survey: Survey, client: Client
) -> None:
    client.force_login(company.alice)
    assert "Not published yet" in client.get("/surveys/").content.decode()
    for _n in range(2):
        factories.response(survey=survey, version=None)
    page = client.get("/surveys/").content.decode()
    assert "Nothing: holds 2 answers from files" in page
    assert "Not published yet" not in page


def test_the_words_tell_into_how_many_sms_they_are_cut(
    company: Company, survey: Survey, client: Client
) -> None:
    """Cyrillic makes the same words dearer than Latin letters."""
    client.force_login(company.alice)
    cost = re.compile(r"As saved it leaves as (\d+) SMS: (\d+) characters with the link")
    english = cost.findall(client.get(f"/surveys/{survey.ref}/edit/en/").content.decode())
    russian = cost.findall(client.get(f"/surveys/{survey.ref}/edit/ru/").content.decode())
    assert len(english) == len(russian) == 2
    assert int(english[0][0]) == 1 < int(russian[0][0])
