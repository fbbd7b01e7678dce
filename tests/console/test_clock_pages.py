"""Working time, the ladder and absences on pages: what they say, who may, what they refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loopwell.access.enums import Role, UnitKind
from loopwell.access.models import Absence
from loopwell.access.operations import create_unit, create_user
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Whom
from loopwell.cases.models import Case, DayOff, EscalationStep, Rule, WorkingTime
from loopwell.cases.operations import open_cases
from tests import factories
from tests.conftest import NOW, Company

WEEK = {"days": ["0", "1", "2", "3", "4"], "start": "08:00", "end": "16:00", "country": "PL"}


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_week_is_set_shown_below_and_taken_back(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    page = f"/company/working-time/{company.north.ref}/"
    assert "Mon–Fri, 09:00–18:00" in text(client.get(page))
    client.post(f"/company/working-time/{company.root.ref}/", WEEK)
    shown = text(client.get(page))
    assert "Mon–Fri, 08:00–16:00 · public holidays: Poland" in shown
    assert "as Acme" in shown
    assert "New Year&#x27;s Day" in shown
    assert "Who answers now must be called by" in shown
    client.post(page, {**WEEK, "days": ["0", "2", "3"], "country": "DE"})
    client.post(page, {**WEEK, "country": "DE", "region": "BY"})  # asked once Germany is chosen
    assert WorkingTime.objects.get(unit=company.north).holidays_of == "DE-BY"
    listed = text(client.get("/company/working-time/"))
    assert listed.count("Germany, Bayern") == 1
    client.post(f"{page}as-above/")
    assert not WorkingTime.objects.filter(unit=company.north).exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"days": []}, "Choose at least one working day."),
        ({"start": "22:00", "end": "06:00"}, "must end after it starts"),
        ({"country": "XX"}, "Select a valid choice"),
    ],
)
def test_a_wrong_week_says_why(
    company: Company, client: Client, change: dict[str, Any], said: str
) -> None:
    client.force_login(company.alice)
    answer = client.post(f"/company/working-time/{company.north.ref}/", {**WEEK, **change})
    assert (answer.status_code, WorkingTime.objects.count()) == (422, 0)
    assert said in text(answer)


def test_a_day_off_is_added_once_and_removed(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    page = f"/company/working-time/{company.north.ref}/"
    day = (timezone.now() + timedelta(days=20)).date().isoformat()
    client.post(f"{page}days/", {"day": day, "name": "Stocktaking"})
    assert "Stocktaking" in text(client.get(page))
    again = client.post(f"{page}days/", {"day": day, "works": "1"})
    assert again.status_code == 422
    assert "is in the list already" in text(again)
    client.post(f"{page}days/{DayOff.objects.get().ref}/remove/")
    assert DayOff.objects.count() == 0


def test_who_sets_no_clock_gets_no_page(company: Company, client: Client) -> None:
    local = create_user(actor=SYSTEM, email="l@x.example", name="Lo", unit=company.north,
                        roles=[Role.ADMINISTRATOR])  # fmt: skip
    north, south = (f"/company/working-time/{u.ref}/" for u in (company.north, company.south))
    for who, own, other in (
        (company.mark, 403, 403),
        (company.fiona, 403, 403),
        (local, 200, 404),
        (company.alice, 200, 200),
    ):
        client.force_login(who)
        assert (client.get(north).status_code, client.get(south).status_code) == (own, other)
    client.force_login(company.mark)
    for address in ("/company/working-time/", "/cases/escalation/"):
        assert client.get(address).status_code == 403
    assert client.post("/cases/escalation/add/", {}).status_code == 403


def test_cases_that_found_nobody_nearer_are_listed(company: Company, client: Client) -> None:
    Rule.objects.update(skill="billing")
    given = factories.response(score=2, unit=company.north)
    open_cases(now=NOW, answered={given.pk: NOW})
    client.force_login(company.alice)
    shown = text(client.get("/company/working-time/"))
    assert "Nobody who should take it has the skill “billing”." in shown
    assert Case.objects.get().ref in shown
    assert "1 open case found nobody nearer" in text(client.get("/status/"))
    Case.objects.update(closed_at=NOW)
    assert "billing" not in text(client.get("/company/working-time/"))


def test_the_ladder_is_told_and_changed_in_plain_words(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    shown = text(client.get("/cases/escalation/"))
    for words in ("At once", "Who has the case is told", "4 working hours later",
                  "Their manager is told", "Who leads the unit above is told"):  # fmt: skip
        assert words in shown
    client.post("/cases/escalation/add/", {"after_working_hours": 12, "whom": "person",
                                           "person": company.oscar.email,
                                           "takes_over": "on"})  # fmt: skip
    assert "Oscar takes it over" in text(client.get("/cases/escalation/"))
    added = EscalationStep.objects.get(whom=Whom.PERSON)
    wrong = client.post(f"/cases/escalation/{added.ref}/", {"after_working_hours": 12,
                                                            "whom": "person"})  # fmt: skip
    assert (wrong.status_code, "Say who is told." in text(wrong)) == (422, True)
    client.post(f"/cases/escalation/{added.ref}/remove/")
    assert EscalationStep.objects.count() == 3


def leave(**fields: Any) -> dict[str, Any]:
    today = timezone.now().date()
    return {
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=4)).isoformat(),
    } | fields


def test_everybody_enters_their_own_absence(company: Company, client: Client) -> None:
    client.force_login(company.fiona)
    assert "Nobody is away" in text(client.get("/me/absence/"))
    client.post("/me/absence/", leave(deputy=company.mark.ref, note="Skiing"))
    entered = Absence.objects.get()
    assert (entered.user, entered.deputy, entered.note) == (company.fiona, company.mark, "Skiing")
    again = client.post("/me/absence/", leave())
    assert (again.status_code, "is there already" in text(again)) == (422, True)
    wrong = client.post("/me/absence/", leave(deputy=company.oscar.ref))
    assert wrong.status_code == 422
    client.force_login(company.oscar)
    assert "Skiing" not in text(client.get("/me/absence/"))
    assert client.post(f"/me/absence/{entered.ref}/cancel/").status_code == 404
    client.force_login(company.mark)
    assert "Skiing" in text(client.get("/me/absence/"))
    client.post(f"/me/absence/{entered.ref}/cancel/")
    assert Absence.objects.count() == 0


def test_managers_enter_those_of_their_people_only(company: Company, client: Client) -> None:
    theirs, his = (f"/me/absence/{u.ref}/" for u in (company.fiona, company.oscar))
    client.force_login(company.mark)
    assert client.post(theirs, leave()).status_code == 302
    assert client.post(his, leave()).status_code == 404
    client.force_login(company.fiona)
    assert client.get(f"/me/absence/{company.mark.ref}/").status_code == 404
    assert list(Absence.objects.values_list("user__name", flat=True)) == ["Fiona"]


def test_languages_and_skills_are_kept_with_the_person(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    page = f"/company/people/{company.fiona.ref}/"
    fields = {"name": "Fiona", "email": company.fiona.email, "unit": company.north.ref}
    client.post(page, {**fields, "languages": ["pl", "uk"], "more_languages": "de, lt",
                       "skills": "billing, fibre ,"})  # fmt: skip
    company.fiona.refresh_from_db()
    assert company.fiona.languages == ["pl", "uk", "de", "lt"]
    assert company.fiona.skills == ["billing", "fibre"]
    shown = text(client.get(page))
    assert ("billing, fibre" in shown, "de, lt" in shown) == (True, True)
    wrong = client.post(page, {**fields, "more_languages": "xx"})
    assert (wrong.status_code, "no language with the code “xx”" in text(wrong)) == (422, True)


def test_lists_ask_the_same_number_of_questions(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    def questions() -> list[int]:
        found = []
        for address in ("/company/working-time/", "/cases/escalation/", "/me/absence/"):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
        return found

    def more(number: int) -> None:
        unit = create_unit(actor=SYSTEM, name=f"U{number}", parent=company.north,
                           kind=UnitKind.TEAM)  # fmt: skip
        WorkingTime.objects.create(unit=unit, days=[0])
        person = create_user(actor=SYSTEM, email=f"p{number}@x.example", name=f"P{number}",
                             unit=unit, roles=[Role.FRONT_LINE])  # fmt: skip
        Absence.objects.create(user=person, deputy=company.mark, starts_on=date(2030, 1, 1),
                               ends_on=date(2030, 1, 2))  # fmt: skip
        EscalationStep.objects.create(whom=Whom.PERSON, person=person)

    more(0)
    few = questions()
    for number in range(1, 6):
        more(number)
    assert questions() == few
