"""The page of translations: out as a file, in as a file, looked at before it counts."""

import json
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loopwell.surveys import operations
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey
from tests.conftest import Company


@pytest.fixture
def survey(company: Company, now: datetime, client: Client) -> Survey:
    client.force_login(company.alice)
    return operations.create_survey(
        actor=company.actor("alice"), name="Parcels", kind=SurveyKind.TRANSACTIONAL,
        languages=["en", "pl"], template="delivery", now=now,
    )  # fmt: skip


def brought(client: Client, survey: Survey, thanks: str) -> str:
    base = f"/surveys/{survey.ref}/translations/"
    whole = json.loads(client.get(f"{base}pl/json/").content)
    for row in whole["texts"]:
        if row["key"] == "thanks":
            row["target"] = thanks
    file = SimpleUploadedFile("pl.json", json.dumps(whole).encode())
    answer = client.post(f"{base}bring/", {"file": file})
    assert answer.status_code in (200, 422)
    return answer.content.decode()


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_file_is_shown_and_then_kept(survey: Survey, client: Client) -> None:
    base = f"/surveys/{survey.ref}/translations/"
    page = brought(client, survey, "Pięknie dziękujemy!")

    assert "Pięknie dziękujemy!" in page
    assert survey.versions.get().texts["pl"]["thanks"] != "Pięknie dziękujemy!"
    client.post(f"{base}apply/", {"token": token_in(page)})
    assert survey.versions.get().texts["pl"]["thanks"] == "Pięknie dziękujemy!"


def test_a_file_with_a_problem_changes_nothing(survey: Survey, client: Client) -> None:
    page = brought(client, survey, "Dziękujemy, {nobody}!")

    assert "{nobody} is not known" in page
    assert 'name="token"' not in page


def test_what_changed_meanwhile_is_not_overwritten(
    survey: Survey, client: Client, company: Company, now: datetime
) -> None:
    token = token_in(brought(client, survey, "Z pliku"))
    operations.save_draft(
        actor=company.actor("alice"), survey=survey, language="pl", texts={"thanks": "Ręką"},
        now=now,
    )  # fmt: skip
    client.post(f"/surveys/{survey.ref}/translations/apply/", {"token": token})
    client.post(f"/surveys/{survey.ref}/translations/apply/", {"token": "made up"})

    assert survey.versions.get().texts["pl"]["thanks"] == "Ręką"


def test_a_token_of_one_survey_does_not_fit_another(
    survey: Survey, client: Client, company: Company, now: datetime
) -> None:
    other = operations.create_survey(
        actor=company.actor("alice"), name="Other", kind=SurveyKind.TRANSACTIONAL,
        languages=["en", "pl"], template="delivery", now=now,
    )  # fmt: skip
    token = token_in(brought(client, survey, "Z pliku"))
    client.post(f"/surveys/{other.ref}/translations/apply/", {"token": token})

    assert other.versions.get().texts["pl"]["thanks"] != "Z pliku"


def test_the_page_and_its_files(survey: Survey, client: Client) -> None:
    base = f"/surveys/{survey.ref}/translations/"

    assert "100 %" in client.get(base).content.decode()
    workbook = client.get(f"{base}uk/xlsx/")
    assert workbook.content[:2] == b"PK"
    assert workbook.headers["Content-Disposition"] == 'attachment; filename="parcels-v1-uk.xlsx"'
    assert client.get(f"{base}xx/xlsx/").status_code == 404
    assert client.get(f"{base}uk/csv/").status_code == 404
    assert client.post(f"{base}bring/").status_code == 422
    wrong = SimpleUploadedFile("t.csv", b"key,target\nthanks,x\n")
    answer = client.post(f"{base}bring/", {"file": wrong})
    assert answer.status_code == 422
    assert "CSV perhaps?" in answer.content.decode()


def test_readers_neither_see_nor_change(survey: Survey, client: Client, company: Company) -> None:
    client.force_login(company.fiona)
    base = f"/surveys/{survey.ref}/translations/"

    for address in (base, f"{base}pl/xlsx/"):
        assert client.get(address).status_code == 403
    for address in (f"{base}bring/", f"{base}apply/"):
        assert client.post(address).status_code == 403
