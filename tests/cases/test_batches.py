"""Do hundreds of answers at once cost few queries, and does reading them again double nothing?"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Assignment, Case
from loopwell.insights.questions import Question, ask_one
from loopwell.journal.models import Cursor, Entry
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.notify.models import Alarm
from loopwell.people.models import Customer
from loopwell.responses.models import Response
from loopwell.surveys.models import Survey
from tests import factories
from tests.conftest import NOW, Company


@pytest.fixture
def survey(db: None) -> Survey:
    return factories.survey()


def record(number: int, *, survey: Survey, company: Company) -> None:
    """So many unhappy customers of North and South answer at once."""
    known = Customer.objects.count()
    people = Customer.objects.bulk_create(
        Customer(email=f"p{known + n}@mail.example", name=f"P {known + n}") for n in range(number)
    )
    rows = Response.objects.bulk_create(
        Response(
            survey=survey, kind=survey.kind, customer=who, score=2, source="email",
            unit=[company.north, company.south][n % 2], employee=company.fiona,
            answered_at=NOW, updated_at=NOW,
        )
        for n, who in enumerate(people)
    )  # fmt: skip
    events = [Event("response.recorded", "response", row.pk) for row in rows]
    append(actor=SYSTEM, now=NOW, events=events)


def follow() -> int:
    with CaptureQueriesContext(connection) as seen:
        consume_all(now=NOW)
    return len(seen)


def everything(company: Company) -> dict[str, Any]:
    return {
        "cases": Case.objects.count(),
        "assignments": Assignment.objects.count(),
        "alarms": Alarm.objects.count(),
        "entries": Entry.objects.count(),
        "facts": ask_one(Question("answers"), company.actor("alice")).n,
    }


def test_five_hundred_answers_become_cases_alarms_and_facts_in_bulk(
    company: Company, survey: Survey
) -> None:
    record(20, survey=survey, company=company)
    few = follow()
    record(480, survey=survey, company=company)
    many = follow()
    found = everything(company)
    assert {found[name] for name in ("cases", "assignments", "alarms", "facts")} == {500}
    # Only what SQLite splits because of its number of variables may grow.
    assert many - few < 480 / 8, (few, many)


def test_reading_everything_again_doubles_nothing(company: Company, survey: Survey) -> None:
    record(30, survey=survey, company=company)
    follow()
    before = everything(company)
    for _repeat in range(2):
        Cursor.objects.update(xid=0, entry_id=0)
        follow()
        assert everything(company) == before
