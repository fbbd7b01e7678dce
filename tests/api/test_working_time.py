"""Working time and absences over the API: the same rules as on the pages."""

from datetime import timedelta

from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.access.models import Absence
from loopwell.cases.models import WorkingTime
from tests.api.conftest import Programs
from tests.conftest import Company

HOURS = {"days": [0, 1, 2, 3, 4], "start": "08:00", "end": "16:30", "holidays_of": "DE-BY"}


def test_hours_are_set_and_inherited(company: Company, program: Programs) -> None:
    mine = program(rights=[Right.RUN_SURVEYS])
    made = mine.call("PUT", f"/working-time/{company.root.ref}", HOURS)
    assert (made.status_code, made.json()["own"], made.json()["end"]) == (200, True, "16:30:00")
    listed = {row["unit"]["name"]: row for row in mine.get("/working-time").json()["items"]}
    assert {
        name: (row["own"], row["start"], row["holidays_of"]) for name, row in listed.items()
    } == {
        "Acme": (True, "08:00:00", "DE-BY"),
        "North": (False, "08:00:00", "DE-BY"),
        "South": (False, "08:00:00", "DE-BY"),
    }


def test_wrong_hours_name_the_place(company: Company, program: Programs) -> None:
    mine = program()
    for wrong, place in (({"end": "07:00"}, "end"), ({"holidays_of": "XX"}, "holidays_of")):
        answer = mine.call("PUT", f"/working-time/{company.north.ref}", {**HOURS, **wrong})
        assert answer.status_code == 422
        assert list(answer.json()["error"]["fields"]) == [f"body.{place}"]
    assert WorkingTime.objects.count() == 0


def test_another_units_key_learns_nothing(company: Company, program: Programs) -> None:
    theirs = program(company.south)
    assert theirs.call("PUT", f"/working-time/{company.north.ref}", HOURS).status_code == 404
    body = {"person": company.fiona.email, "starts_on": "2030-01-07", "ends_on": "2030-01-09"}
    answer = theirs.post("/absences", body)
    assert list(answer.json()["error"]["fields"]) == ["body.person"]


def test_absences_are_entered_listed_and_cancelled(company: Company, program: Programs) -> None:
    mine = program(company.north, rights=[Right.COACH])
    today = timezone.now().date()
    body = {
        "person": company.fiona.email,
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=3)).isoformat(),
        "deputy": company.mark.email,
    }
    made = mine.post("/absences", body)
    assert made.status_code == 201
    assert Absence.objects.get().deputy == company.mark
    (row,) = mine.get("/absences").json()["items"]
    assert (row["user"]["email"], row["deputy"]["email"]) == (
        company.fiona.email, company.mark.email,
    )  # fmt: skip
    again = mine.post("/absences", body)
    assert (again.status_code, list(again.json()["error"]["fields"])) == (422, ["body.starts_on"])
    nobody = mine.post("/absences", {**body, "deputy": company.oscar.email})
    assert list(nobody.json()["error"]["fields"]) == ["body.deputy"]
    assert program(company.south).call("DELETE", f"/absences/{row['ref']}").status_code == 404
    assert mine.call("DELETE", f"/absences/{row['ref']}").status_code == 204
    assert Absence.objects.count() == 0
