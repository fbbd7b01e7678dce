"""The pages about competitors: our place, panels, brands, and both levels of measurement."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.benchmarks.importing import panels_for
from loopwell.benchmarks.models import Brand, Panel
from loopwell.benchmarks.operations import say_who_we_are
from loopwell.insights.operations import rebuild
from loopwell.jobs.running import run_all
from loopwell.people.enums import UploadKind
from loopwell.people.models import Upload
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.operations import create_survey, publish_version
from tests import factories
from tests.conftest import NOW, Company
from tests.importing_help import brought

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


def panel(folder: Path, ours: list[int], theirs: list[int], **told: object) -> Panel:
    rows = [
        f"{place},{brand},{score}"
        for brand, scores in (("Us", ours), ("Them", theirs))
        for place, score in enumerate(scores)
    ]
    path = folder / "panel.csv"
    path.write_text("person,brand,score\n" + "\n".join(rows) + "\n", encoding="utf-8")
    mapping = {"person": "person", "brand": "brand", "score": "score"}
    options = {"panel_name": "Spring", "fielded_to": "2026-03-31", **told}
    brought(path, UploadKind.PANEL, panels_for(SYSTEM), mapping, **options)
    say_who_we_are(actor=SYSTEM, now=timezone.now(), brand=Brand.objects.get(name="Us"))
    return Panel.objects.latest("pk")


def test_without_panels_the_page_says_what_to_do(alice: Client) -> None:
    page = alice.get("/benchmark/").content.decode()

    assert "No competitor is known yet" in page
    assert "/imports/new/panel/" in page


def test_our_place_is_said_with_what_is_real(alice: Client, tmp_path: Path) -> None:
    panel(tmp_path, [9] * 60 + [3] * 20, [9] * 20 + [3] * 60, double_blind=True)

    page = alice.get("/benchmark/").content.decode()

    assert "Us stands 1 of 2 brands." in page
    assert "Nobody is really ahead; Them is 100 points behind." in page
    assert "double-blind" in page
    assert "People who rated us and them" in page
    assert "not double-blind" not in page


def test_noise_is_no_place(alice: Client, tmp_path: Path) -> None:
    panel(tmp_path, [9] * 21 + [3] * 20, [9] * 20 + [3] * 21)

    page = alice.get("/benchmark/").content.decode()

    assert "Us stands 1 to 2 of 2 brands." in page
    assert "No difference to another brand is real yet." in page
    assert "not double-blind" in page


def test_a_file_goes_through_the_pages(alice: Client, company: Company) -> None:
    file = SimpleUploadedFile("panel.csv", b"respondent;Us;Them\n1;9;4\n2;10;x\n")

    begun = alice.post("/imports/new/panel/", {"file": file})
    upload = Upload.objects.get()
    shown = alice.get(begun["Location"]).content.decode()
    words = {"keep": ["Us", "Them"], "field-person": "respondent", "panel_name": "Autumn",
             "fielded_from": "2026-09-01", "fielded_to": "2026-09-30",
             "double_blind": "on"}  # fmt: skip
    alice.post(begun["Location"], {**words, "action": "trial"})
    run_all(timezone.now())
    tried = alice.get(f"/imports/{upload.ref}/trial/").content.decode()
    alice.post(f"/imports/{upload.ref}/trial/")
    run_all(timezone.now())
    result = alice.get(f"/imports/{upload.ref}/result/").content.decode()

    assert "tick one column for each brand" in shown
    assert "not a whole number from 0 to 10" in tried
    found = Panel.objects.get()
    assert (found.name, found.double_blind, found.fielded_from) == (
        "Autumn",
        True,
        date(2026, 9, 1),
    )
    assert found.answers.count() == 2
    assert "2 new brands" in result


def test_panels_are_changed_and_removed(alice: Client, tmp_path: Path) -> None:
    found = panel(tmp_path, [9], [3])
    words = {"name": "Renamed", "market": "All", "provider": "", "fielded_from": "2026-03-01"}

    wrong = alice.post(f"/benchmark/panels/{found.ref}/", {**words, "fielded_to": "2026-02-01"})
    alice.post(f"/benchmark/panels/{found.ref}/", {**words, "fielded_to": "2026-03-31"})
    listed = alice.get("/benchmark/panels/").content.decode()
    alice.post(f"/benchmark/panels/{found.ref}/remove/")

    assert wrong.status_code == 422
    assert "Renamed" in listed
    assert not Panel.objects.exists()


def test_a_brand_is_renamed(alice: Client, tmp_path: Path) -> None:
    panel(tmp_path, [9, 8], [3, 2])
    them = Brand.objects.get(name="Them")

    clash = alice.post(f"/benchmark/brands/{them.ref}/", {"name": "us"})
    alice.post(f"/benchmark/brands/{them.ref}/", {"name": "Rival"})

    assert clash.status_code == 422
    assert Brand.objects.filter(name="Rival", is_us=False).exists()


def test_our_own_brand_is_renamed_and_no_longer_us(alice: Client, tmp_path: Path) -> None:
    panel(tmp_path, [9, 8], [3, 2])
    us = Brand.objects.get(name="Us")

    alice.post(f"/benchmark/brands/{us.ref}/", {"name": "Us united", "is_us": "on"})
    listed = alice.get("/benchmark/panels/").content.decode()
    assert "Us united" in listed
    assert Brand.objects.get(is_us=True).name == "Us united"
    alice.post(f"/benchmark/brands/{us.ref}/", {"name": "Us united"})
    assert not Brand.objects.filter(is_us=True).exists()


def test_a_panel_that_does_not_know_us_says_so(alice: Client, tmp_path: Path) -> None:
    panel(tmp_path, [9] * 40, [3] * 40)
    path = tmp_path / "panel.csv"
    path.write_text("person,brand,score\n1,Them,3\n1,Others,3\n", encoding="utf-8")
    mapping = {"person": "person", "brand": "brand", "score": "score"}
    brought(path, UploadKind.PANEL, panels_for(SYSTEM), mapping, panel_name="Other")

    page = alice.get("/benchmark/")

    assert "Nobody rated Us in this panel." in page.content.decode()
    drawn = [line["name"] for line in page.context["over_time"]["series"]]
    assert drawn == ["Them"]  # who was rated once only has nothing to join
    assert [brand.name for brand in page.context["brands_over"]] == ["Us", "Others", "Them"]


def test_both_levels_of_measurement(alice: Client, company: Company) -> None:
    now = timezone.now()
    for days in range(1, 41):
        for kind, score in ((SurveyKind.RELATIONSHIP, 3), (SurveyKind.TRANSACTIONAL, 9)):
            factories.response(
                score=score, unit=company.north, kind=kind, touchpoint="call",
                answered_at=now - timedelta(days=days),
            )  # fmt: skip
    rebuild(actor=SYSTEM, now=now, progress=lambda done, total, note: None)

    page = alice.get("/benchmark/two-views/?period=90d").content.decode()

    assert "points happier after a contact than with us overall" in page
    assert "call" in page


@pytest.mark.parametrize(
    ("blind", "words"), [("on", "do not know who asks"), ("", "was not double-blind")]
)
def test_the_market_is_said_to_be_blind_only_where_it_was(
    alice: Client, tmp_path: Path, blind: str, words: str
) -> None:
    panel(tmp_path, [9] * 40, [3] * 40, double_blind=blind)

    said = {each for each in ("do not know who asks", "was not double-blind")
            if each in alice.get("/benchmark/two-views/").content.decode()}  # fmt: skip

    assert said == {words}


def test_a_manager_reads_and_changes_nothing(
    client: Client, company: Company, tmp_path: Path
) -> None:
    found = panel(tmp_path, [9] * 40, [3] * 40)
    client.force_login(company.mark)

    assert "Us stands 1" in client.get("/benchmark/").content.decode()
    assert client.post(f"/benchmark/panels/{found.ref}/remove/").status_code == 403
    assert Panel.objects.exists()


def test_a_survey_of_ours_is_declared_changed_and_withdrawn(
    alice: Client, company: Company
) -> None:
    empty = alice.get("/benchmark/surveys/").content.decode()
    assert "No survey asks about brands yet" in empty
    survey = create_survey(
        actor=SYSTEM, name="Market", kind=SurveyKind.BENCHMARK, languages=["en"],
        template="benchmark", now=NOW,
    )  # fmt: skip
    publish_version(actor=SYSTEM, survey=survey, now=NOW)
    for score in (9, 10, 3):
        for brand in ("provider_a", "provider_b"):
            factories.response(survey=survey, score=score, answers={"provider": brand})
    fields = {"asked": f"{survey.ref}:provider", "market": "Everybody"}

    assert alice.post("/benchmark/surveys/", {**fields, "asked": "x:y"}).status_code == 422
    assert alice.post("/benchmark/surveys/", fields).status_code == 302
    listed = alice.get("/benchmark/panels/").content.decode()
    assert "Surveys of ours" in listed
    assert f"/benchmark/surveys/{survey.ref}/" in listed
    assert "Provider A" in alice.get("/benchmark/").content.decode()
    say_who_we_are(actor=SYSTEM, now=NOW, brand=Brand.objects.get(name="Provider A"))
    ours = alice.get("/benchmark/").content.decode()
    assert "Provider A stands 1 to 2 of 2 brands." in ours
    assert "People who rated us and them" not in ours
    assert "a step between them may be that" not in ours
    Panel.objects.create(
        source="file", fielded_from=NOW.date(), fielded_to=NOW.date()
    ).answers.create(brand=Brand.objects.get(name="Provider A"), score=9, answered_on=NOW.date())
    assert "a step between them may be that" in alice.get("/benchmark/").content.decode()
    assert 'value="Everybody"' in alice.get(f"/benchmark/surveys/{survey.ref}/").content.decode()
    panel = Panel.objects.get(source="survey")
    assert alice.post(f"/benchmark/panels/{panel.ref}/remove/").status_code == 409
    assert alice.post(f"/benchmark/surveys/{survey.ref}/withdraw/").status_code == 302
    assert alice.get(f"/benchmark/surveys/{survey.ref}/").status_code == 404
    assert not Panel.objects.filter(source="survey").exists()
    alice.force_login(company.mark)
    assert alice.get("/benchmark/surveys/").status_code == 403
