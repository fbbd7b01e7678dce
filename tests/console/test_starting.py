"""New surveys begin with a ready-made one, or with an empty one."""

from django.test import Client

from loopwell.surveys.models import Survey, Version
from loopwell.surveys.templates import TEMPLATES
from tests.conftest import Company


def test_the_gallery_offers_each(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    shown = client.get("/surveys/new/").content.decode()

    assert [f'href="/surveys/new/{key}/"' in shown for key in TEMPLATES] == [True] * 10
    assert 'href="/surveys/new/empty/"' in shown
    assert "6 questions" in shown


def test_each_can_be_looked_at_in_each_language(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    for key, template in TEMPLATES.items():
        for code in template.texts:
            answer = client.get(f"/surveys/new/{key}/", {"language": code, "as": "detractor"})
            assert answer.status_code == 200
            # the name of the company stands in the question's middle: compare before it
            words = template.texts[code]["question"].partition("{")[0]
            assert words in answer.content.decode(), (key, code)


def test_it_begins_in_the_languages_chosen(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    answer = client.post(
        "/surveys/new/delivery/",
        {"name": "Parcels", "touchpoint": "parcel", "languages": ["uk"], "default": "pl"},
    )

    survey = Survey.objects.get()
    version = Version.objects.get()
    assert answer.headers["Location"] == f"/surveys/{survey.ref}/"
    assert (survey.name, survey.kind, survey.touchpoint) == ("Parcels", "transactional", "parcel")
    assert (version.default_language, sorted(version.texts)) == ("pl", ["pl", "uk"])
    assert [each["key"] for each in version.questions][2:4] == ["delivery", "problem"]


def test_what_is_missing_is_said(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    answer = client.post("/surveys/new/b2b/", {"name": "", "default": "xx"})

    assert answer.status_code == 422
    assert not Survey.objects.exists()
    assert client.get("/surveys/new/nothing/").status_code == 404


def test_readers_begin_none(company: Company, client: Client) -> None:
    client.force_login(company.fiona)
    assert client.get("/surveys/new/").status_code == 403
    assert client.post("/surveys/new/b2b/", {"name": "x", "default": "en"}).status_code == 403
