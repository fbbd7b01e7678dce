"""Targets on the pages: set, handed down, paid, differing; key figures beside the score."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client

from loopwell.access.enums import UnitKind
from loopwell.access.models import Unit, User
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM
from loopwell.kit.tables.workbook import load_workbook
from loopwell.responses.enums import Source
from loopwell.responses.models import Response
from loopwell.surveys.models import Survey
from loopwell.targets.models import BonusPlan, KeyFigure, KeyFigureValue, Target
from tests.conftest import NOW, Company
from tests.factories import survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def answers(unit: Unit, day: datetime, scores: dict[int, int]) -> None:
    asked = Survey.objects.first() or survey()
    Response.objects.bulk_create(
        Response(
            survey=asked, kind=asked.kind, unit=unit, score=score, source=Source.EMAIL,
            answered_at=day, updated_at=day,
        )
        for score, count in scores.items()
        for _number in range(count)
    )  # fmt: skip


@pytest.fixture
def told(company: Company, built: Callable[[], int]) -> Company:
    """Last quarter and this one: North does well, South does not."""
    for day in (datetime(2025, 11, 5, 9, tzinfo=UTC), NOW - timedelta(days=20)):
        answers(company.north, day, {10: 60, 8: 10, 3: 10})
        answers(company.south, day, {10: 10, 8: 10, 3: 40})
    built()
    return company


def set_one(client: Client, **fields: str) -> Target:
    said = {"metric": "nps", "unit": "", "period": "quarter", "day": "2026-03-04", "value": "30"}
    found = client.post("/targets/new/", {**said, **fields})
    assert found.status_code == 302, found.content.decode()
    return Target.objects.get(ref=found.headers["Location"].strip("/").split("/")[-1])


def test_the_empty_page_says_what_to_do(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    page = client.get("/targets/").content.decode()
    assert "No target is set yet" in page
    assert "/targets/new/" in page
    client.force_login(company.fiona)
    assert "/targets/new/" not in client.get("/targets/").content.decode()
    assert client.get("/targets/new/").status_code == 403


def test_a_target_is_set_changed_and_removed(told: Company, client: Client) -> None:
    client.force_login(told.alice)
    target = set_one(client, value="37,5")
    assert (target.value, target.unit_id, target.set_by_id) == (37.5, None, told.alice.pk)
    listed = client.get("/targets/").content.decode()
    assert "+37.5" in listed
    assert "Off track (" in listed
    assert client.post(f"/targets/{target.ref}/", {"value": "lots"}).status_code == 422
    assert client.post(f"/targets/{target.ref}/", {"value": "−5"}).status_code == 302
    page = client.get(f"/targets/{target.ref}/").content.decode()
    assert "Changed from +37.5 to −5" in page
    assert "Alice" in page
    client.post(f"/targets/{target.ref}/remove/")
    assert not Target.objects.exists()


def test_a_value_beyond_the_scale_is_refused_beside_its_field(
    company: Company, client: Client
) -> None:
    client.force_login(company.alice)
    page = client.post(
        "/targets/new/", {"metric": "nps", "period": "year", "day": "2026-03-04", "value": "140"}
    )
    assert page.status_code == 422
    assert "between -100 and 100" in page.content.decode()


def test_a_manager_sets_their_own_units_only(told: Company, client: Client) -> None:
    client.force_login(told.mark)
    assert set_one(client, unit=told.north.ref).unit == told.north
    said = {"metric": "nps", "period": "year", "day": "2026-03-04", "value": "40"}
    refused = client.post("/targets/new/", {**said, "unit": told.south.ref})
    assert refused.status_code == 422
    refused = client.post("/targets/new/", {**said, "unit": ""})
    assert refused.status_code == 422
    assert Target.objects.count() == 1


def test_others_targets_are_not_found(told: Company, client: Client) -> None:
    client.force_login(told.alice)
    ours, norths = set_one(client), set_one(client, unit=told.north.ref)
    client.force_login(told.oscar)
    assert client.get(f"/targets/{ours.ref}/").status_code == 200
    assert client.get(f"/targets/{norths.ref}/").status_code == 404
    assert client.post(f"/targets/{ours.ref}/remove/").status_code == 403
    assert client.post(f"/targets/{ours.ref}/", {"value": "1"}).status_code == 403
    assert client.get(f"/targets/{ours.ref}/hand-down/").status_code == 403


def test_handing_down_proposes_then_saves_what_was_typed(told: Company, client: Client) -> None:
    client.force_login(told.alice)
    target = set_one(client, value="30")
    address = f"/targets/{target.ref}/hand-down/"
    page = client.get(address).content.decode()
    assert "North" in page
    assert "South" in page
    assert Target.objects.count() == 1
    fields = {f"value-{told.north.ref}": "70", f"value-{told.south.ref}": "x"}
    assert client.post(address, fields).status_code == 422
    fields[f"value-{told.south.ref}"] = "−20"
    assert client.post(address, fields).status_code == 302
    below = {t.unit_id: (t.value, t.above_id) for t in Target.objects.exclude(unit=None)}
    assert below == {told.north.pk: (70.0, target.pk), told.south.pk: (-20.0, target.pk)}
    assert "Handed down" in client.get(f"/targets/{target.ref}/").content.decode()


def test_handing_down_warns_where_the_sum_is_not_enough(told: Company, client: Client) -> None:
    client.force_login(told.alice)
    target = set_one(client, value="60")
    fields = {f"value-{told.north.ref}": "nothing", f"value-{told.south.ref}": "10"}
    page = client.post(f"/targets/{target.ref}/hand-down/", fields).content.decode()
    assert "That is not enough." in page


STEPS = [("−10", "0"), ("−5", "50"), ("0", "100"), ("5", "120")]


def plan_fields(**changes: str) -> dict[str, str]:
    fields = {
        "name": "Quarter’s bonus", "metric": "nps", "period": "quarter", "role": "manager",
        "share": "12,5", "within_margin": "spared",
        "steps-TOTAL_FORMS": "8", "steps-INITIAL_FORMS": "0",
    }  # fmt: skip
    for place, (against, pays) in enumerate(STEPS):
        fields |= {f"steps-{place}-against": against, f"steps-{place}-pays": pays}
    return fields | changes


def test_a_plan_is_declared_tried_and_exported(told: Company, client: Client) -> None:
    client.force_login(told.alice)
    last = {"period": "quarter", "day": "2025-11-01"}
    set_one(client, unit=told.north.ref, value="66", **last)
    set_one(client, unit=told.south.ref, value="30", **last)
    found = client.post("/targets/bonus/new/", plan_fields())
    assert found.status_code == 302, found.content.decode()
    plan = BonusPlan.objects.get()
    assert (float(plan.share), plan.steps[1]) == (12.5, [-5.0, 50.0])
    page = client.get(f"/targets/bonus/{plan.ref}/").content.decode()
    assert "A miss within the margin: spared, counts as met" in page
    assert "Missed by more than the margin" in page
    file = client.get(f"/targets/bonus/{plan.ref}/export/").content.decode()
    lines = {line.split(",")[5]: line for line in file.splitlines()[1:]}
    assert "missed within the margin" in lines["Mark"]
    assert lines["Mark"].split(",")[1:3] == ["2025-10-01", "2025-12-31"]
    assert lines["Mark"].endswith('12.5,100.0,12.5,"Set afterwards, on 4 March 2026."')
    assert lines["Oscar"].endswith('12.5,0.0,0.0,"Set afterwards, on 4 March 2026."')
    book = client.get(f"/targets/bonus/{plan.ref}/export/?as=xlsx")
    assert book.content[:2] == b"PK"


def small_teams(company: Company, built: Callable[[], int], count: int) -> list[Unit]:
    """Each of ten answers last quarter, NPS 0: below +20, within a margin of more than 40."""
    teams = [
        create_unit(actor=SYSTEM, name=f"Team {n}", parent=company.north, kind=UnitKind.TEAM)
        for n in range(count)
    ]
    for team in teams:
        answers(team, datetime(2025, 11, 5, 9, tzinfo=UTC), {10: 4, 8: 2, 3: 4})
        User.objects.create_user(email=f"{team.pk}@example.com", name=team.name, unit=team)
    built()
    return teams


def test_a_policy_that_spares_nearly_everybody_says_so(
    company: Company, client: Client, built: Callable[[], int]
) -> None:
    teams = small_teams(company, built, 4)
    client.force_login(company.alice)
    for team, value in zip(teams, ("20", "20", "20", "95"), strict=True):
        set_one(client, unit=team.ref, value=value, period="quarter", day="2025-11-01")
    client.post("/targets/bonus/new/", plan_fields(role=""))
    plan = BonusPlan.objects.get()
    warning = "Spares 3 of 4 units below their target: too few answers to tell a miss from chance."
    for address in (f"/targets/bonus/{plan.ref}/", "/targets/bonus/"):
        assert warning in client.get(address).content.decode(), address
    listed = client.get("/targets/?year=2025").content.decode()
    assert "3 of 4 missed targets are missed by less than the margin: too few" in listed
    assert "0 open. Missed by less than the margin: 3." in listed
    set_one(client, unit=teams[0].ref, value="95", period="quarter", day="2025-11-01")
    assert "Spares" not in client.get(f"/targets/bonus/{plan.ref}/").content.decode()
    set_one(client, unit=teams[0].ref, value="20", period="quarter", day="2025-11-01")
    client.post(f"/targets/bonus/{plan.ref}/change/", plan_fields(role="", within_margin="counts"))
    assert "Spares" not in client.get(f"/targets/bonus/{plan.ref}/").content.decode()


def test_a_manager_sees_what_a_plan_pays_to_their_own_only(told: Company, client: Client) -> None:
    client.force_login(told.alice)
    client.post("/targets/bonus/new/", plan_fields())
    plan = BonusPlan.objects.get()
    client.force_login(told.mark)
    file = client.get(f"/targets/bonus/{plan.ref}/export/").content.decode()
    assert "Mark" in file
    assert "Oscar" not in file
    assert client.post("/targets/bonus/new/", plan_fields(name="Mine")).status_code == 403
    client.force_login(told.fiona)
    assert client.get(f"/targets/bonus/{plan.ref}/").status_code == 403


def test_half_a_step_and_falling_steps_are_refused(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    half = client.post("/targets/bonus/new/", plan_fields(**{"steps-1-pays": ""}))
    assert half.status_code == 422
    assert "Fill both numbers" in half.content.decode()
    falling = client.post("/targets/bonus/new/", plan_fields(**{"steps-3-pays": "10"}))
    assert falling.status_code == 422
    assert "must not pay less" in falling.content.decode()
    assert not BonusPlan.objects.exists()


def test_a_plan_is_changed_and_retired(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    client.post("/targets/bonus/new/", plan_fields())
    plan = BonusPlan.objects.get()
    assert 'value="−10"' in client.get(f"/targets/bonus/{plan.ref}/change/").content.decode()
    client.post(f"/targets/bonus/{plan.ref}/change/", plan_fields(within_margin="counts"))
    plan.refresh_from_db()
    assert plan.within_margin == "counts"
    client.post(f"/targets/bonus/{plan.ref}/retire/")
    assert client.get(f"/targets/bonus/{plan.ref}/").status_code == 404


def test_only_real_differences_are_coloured(told: Company, client: Client) -> None:
    client.force_login(told.alice)
    page = client.get("/targets/differences/?period=12m").content.decode()
    assert "cells of 2 are really different" in page
    assert "heat-good-3" in page
    assert "heat-bad-3" in page


def test_alike_units_are_not_coloured(
    company: Company, client: Client, built: Callable[[], int]
) -> None:
    for unit in (company.north, company.south):
        answers(unit, NOW - timedelta(days=5), {10: 20, 3: 15})
    built()
    client.force_login(company.alice)
    page = client.get("/targets/differences/").content.decode()
    assert "No difference from the company is more than chance." in page
    assert "heat-good" not in page


def test_a_key_figure_stands_beside_the_score(told: Company, client: Client) -> None:
    client.force_login(told.alice)
    made = client.post(
        "/key-figures/new/", {"name": "Waiting time", "measured_in": "min", "better": "lower"}
    )
    assert made.status_code == 302
    figure = KeyFigure.objects.get()
    for unit, value in ((told.north, 4.25), (told.south, 11.0)):
        KeyFigureValue.objects.create(figure=figure, unit=unit, month="2026-02-01", value=value)
    page = client.get(f"/key-figures/{figure.ref}/").content.decode()
    assert "4.25\u00a0min" in page
    assert "Too few units to judge: 2 of at least 8" in page
    assert "Waiting time" in client.get("/key-figures/").content.decode()
    client.force_login(told.oscar)
    assert "4.25" not in client.get(f"/key-figures/{figure.ref}/").content.decode()
    assert client.post(f"/key-figures/{figure.ref}/remove/").status_code == 403


def test_a_key_figure_is_renamed_and_removed(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    client.post("/key-figures/new/", {"name": "Waiting"})
    figure = KeyFigure.objects.get()
    client.post(f"/key-figures/{figure.ref}/change/", {"name": "Queue", "measured_in": "min"})
    figure.refresh_from_db()
    assert (figure.name, figure.measured_in) == ("Queue", "min")
    client.post(f"/key-figures/{figure.ref}/remove/")
    assert not KeyFigure.objects.exists()


def test_the_file_to_fill_in_has_own_units_and_months(company: Company, client: Client) -> None:
    client.force_login(company.mark)
    lines = client.get("/key-figures/template/").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Unit,Month,Waiting time"
    assert [line[:10] for line in lines[1:]] == ["N1,2025-12", "N1,2026-01", "N1,2026-02"]
    assert client.get("/key-figures/template/?as=xlsx").content[:2] == b"PK"


def test_home_and_the_monthly_report_tell_how_the_target_stands(
    told: Company, client: Client
) -> None:
    client.force_login(told.alice)
    target = set_one(client, value="90")
    norths = set_one(client, unit=told.north.ref, value="20")
    home = client.get("/").content.decode()
    assert "Target +90 for Q1 2026: off track (under 1" in home
    assert f"/targets/{target.ref}/" in home
    report = client.get(f"/reports/{told.north.ref}/2026-02/").content.decode()
    assert f"/targets/{norths.ref}/" in report
    file = client.get(f"/reports/{told.north.ref}/2026-02/xlsx/")
    book = load_workbook(BytesIO(file.content))
    lines = {row[0]: row[1:3] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert lines["Target, Q1 2026"][0] == 20
    client.force_login(told.mark)
    assert "Target +20 for Q1 2026: on track" in client.get("/").content.decode()


def test_a_past_report_shows_the_target_as_it_was(
    told: Company, client: Client, built: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """+20 until February was over, +90 from March on: February's report says +20 and on track."""
    answers(told.north, NOW - timedelta(days=1), {10: 1})
    built()
    client.force_login(told.alice)
    at(monkeypatch, datetime(2026, 1, 10, 9, tzinfo=UTC))
    target = set_one(client, unit=told.north.ref, value="20", day="2026-02-01")
    at(monkeypatch, NOW)
    client.post(f"/targets/{target.ref}/", {"value": "90"})
    report = client.get(f"/reports/{told.north.ref}/2026-02/").content.decode()
    assert f'/targets/{target.ref}/">+20</a>' in report
    assert "On track (" in report
    assert "Changed afterwards, on 4 March 2026, to +90." in report
    file = client.get(f"/reports/{told.north.ref}/2026-02/xlsx/")
    rows = list(load_workbook(BytesIO(file.content)).worksheets[0].iter_rows(values_only=True))
    place = [row[0] for row in rows].index("Target, Q1 2026")
    assert (rows[place][1], rows[place + 1][2]) == (
        20, "Changed afterwards, on 4 March 2026, to +90.",
    )  # fmt: skip
    running = client.get(f"/reports/{told.north.ref}/2026-03/").content.decode()
    assert f'/targets/{target.ref}/">+90</a>' in running
    assert "Changed afterwards" not in running


def test_a_target_changed_after_its_end_is_judged_and_paid_as_it_was(
    told: Company, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(told.alice)
    at(monkeypatch, datetime(2025, 10, 10, 9, tzinfo=UTC))
    target = set_one(client, unit=told.south.ref, value="30", day="2025-11-01")
    at(monkeypatch, NOW)
    client.post(f"/targets/{target.ref}/", {"value": "-90"})
    page = client.get(f"/targets/{target.ref}/").content.decode()
    assert "NPS +30, Q4 2025" in page
    assert "Changed afterwards, on 4 March 2026, to −90." in page
    client.post("/targets/bonus/new/", plan_fields())
    plan = BonusPlan.objects.get()
    file = client.get(f"/targets/bonus/{plan.ref}/export/").content.decode()
    (line,) = [line for line in file.splitlines() if ",Oscar," in line]
    assert line.split(",")[8] == "30.0"
    assert line.endswith('12.5,0.0,0.0,"Changed afterwards, on 4 March 2026, to −90."')


def test_a_target_above_is_told_without_the_number_one_does_not_see(
    told: Company, client: Client
) -> None:
    client.force_login(told.alice)
    target = set_one(client, value="30")
    client.force_login(told.mark)
    page = client.get(f"/targets/{target.ref}/").content.decode()
    assert "Its number is beyond your units" in page
    assert "counted so far" not in page
    assert "Target +30" not in client.get("/").content.decode()
    assert "Of 1 target" not in client.get("/targets/").content.decode()
    set_one(client, unit=told.north.ref, value="66")
    assert "Of 1 target" in client.get("/targets/").content.decode()


def test_units_are_associated_where_there_are_enough(
    company: Company, client: Client, built: Callable[[], int]
) -> None:
    figure = KeyFigure.objects.create(name="Queue", slug="queue")
    for place in range(9):
        unit = create_unit(
            actor=SYSTEM, name=f"Shop {place}", parent=company.north, kind=UnitKind.TEAM
        )
        answers(unit, NOW - timedelta(days=20), {10: 10 + 5 * place, 3: 60 - 5 * place})
        KeyFigureValue.objects.create(
            figure=figure, unit=unit, month="2026-02-01", value=20 - place
        )
    built()
    client.force_login(company.alice)
    page = client.get(f"/key-figures/{figure.ref}/").content.decode()
    assert "Units where “Queue” is higher score lower." in page
    assert "n = 9" in page
    assert "Too few months to judge: 1 of at least 8" in page
