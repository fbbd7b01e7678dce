"""When does the demo company work, who of it is away, and which late cases went up?"""

from datetime import date, datetime, time, timedelta

from loopwell.access.models import Absence, User
from loopwell.cases.models import DayOff, WorkingTime
from loopwell.cases.operations import escalate, stand_in
from loopwell.demo import records
from loopwell.demo.loading_people import People

CALL_BACK_SPEAKS = (["en", "uk"], ["pl", "en"], ["uk", "ru"], ["ru", "en"])
SKILLS = {"calls-technical": ["technical"], "calls-customer": ["billing"]}
LOOKED_BACK = timedelta(days=4)
EVERY = timedelta(hours=3)


def load_clock(company: records.Company, people: People, now: datetime) -> None:
    _languages(company, people)
    _working_time(company, people, now.date())
    _absences(company, people, now.date())
    moment = now - LOOKED_BACK
    while moment < now:
        escalate(now=moment)
        moment += EVERY
    stand_in(now=now)
    escalate(now=now)


def _languages(company: records.Company, people: People) -> None:
    changed = []
    callers = iter(CALL_BACK_SPEAKS * len(company.employees))
    for each in company.employees:
        speaks = next(callers) if each.role == "call-back" else sorted({each.language, "en"})
        skills = SKILLS.get(each.unit, [])
        changed.append(User(pk=people.employees[each.key], languages=speaks, skills=skills))
    User.objects.bulk_update(changed, ["languages", "skills"], batch_size=500)


def _working_time(company: records.Company, people: People, today: date) -> None:
    WorkingTime.objects.bulk_create(
        [
            WorkingTime(unit_id=people.units[people.root], days=[0, 1, 2, 3, 4], holidays_of="PL"),
            WorkingTime(
                unit_id=people.units["calls-customer"],
                days=[0, 1, 2, 3, 4, 5, 6],
                start=time(8),
                end=time(20),
            ),
            WorkingTime(
                unit_id=people.units["region-west"],
                days=[0, 1, 2, 3, 4, 5],
                start=time(10),
                end=time(19),
                holidays_of="PL",
            ),
        ]
    )
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 14)
    DayOff.objects.bulk_create(
        [
            DayOff(
                unit_id=people.units[people.root],
                day=saturday - timedelta(days=1),
                name="Company day",
            ),
            DayOff(
                unit_id=people.units["shop-halvern-harbour"],
                day=saturday,
                name="Harbour festival",
                works=True,
            ),
        ]
    )


def _absences(company: records.Company, people: People, today: date) -> None:
    """One shop manager is away now, a caller goes next week."""
    managers = [e for e in company.employees if e.role == "branch-manager" and "shop" in e.unit]
    callers = [e for e in company.employees if e.role == "call-back"]
    away = managers[len(managers) // 2]
    below = next(e for e in company.employees if e.unit == away.unit and e.key != away.key)
    Absence.objects.bulk_create(
        [
            Absence(
                user_id=people.employees[away.key],
                starts_on=today - timedelta(days=2),
                ends_on=today + timedelta(days=5),
                deputy_id=people.employees[below.key],
                note="Holiday",
            ),
            Absence(
                user_id=people.employees[callers[0].key],
                starts_on=today + timedelta(days=7),
                ends_on=today + timedelta(days=11),
                deputy_id=people.employees[callers[1].key],
                note="Holiday",
            ),
        ]
    )
