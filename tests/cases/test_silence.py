"""Does whoever decides and does not answer get one call, and nobody who should be left alone?"""

from datetime import timedelta
from typing import Any

import pytest

from loopwell.cases.enums import Route, Trigger
from loopwell.cases.models import Case, Rule
from loopwell.cases.operations.silence import open_silences
from loopwell.jobs.rules import RECURRING
from loopwell.journal.models import Entry
from loopwell.people.models import Customer
from loopwell.sampling.models import Invitation, OptOut
from tests import factories
from tests.conftest import NOW, Company

DAY = timedelta(days=1)
LATER = NOW + 10 * DAY


@pytest.fixture
def rule(company: Company) -> Rule:
    return Rule.objects.create(
        name="Silent deciders", position=9, trigger=Trigger.SILENCE, silent_days=7,
        due_working_hours=9, route=Route.NEAREST,
    )  # fmt: skip


def asked(company: Company, *, role: str = "decides", **fields: Any) -> Invitation:
    who = fields.pop("customer", None) or factories.customer(decision_role=role, unit=company.north)
    times = {"sent_at": NOW - 30 * DAY, "expires_at": NOW + 3 * DAY}
    return factories.invitation(customer=who, unit=company.north, **{**times, **fields})


def test_it_opens_once_when_the_time_has_passed(company: Company, rule: Rule) -> None:
    silent = asked(company)
    assert open_silences(LATER - timedelta(seconds=1)) == 0
    assert open_silences(LATER) == 1
    assert open_silences(LATER) == 0
    case = Case.objects.get()
    assert (case.invitation, case.response, case.score) == (silent, None, None)
    assert (case.customer, case.unit, case.owner) == (silent.customer, company.north, company.mark)
    assert (case.rule, case.opened_at, case.due_at > LATER) == (rule, LATER, True)
    entry = Entry.objects.get(type="case.opened")
    assert (entry.payload["invitation"], entry.payload["score"]) == (silent.pk, None)


def test_the_clock_does_it(company: Company, rule: Rule) -> None:
    asked(company)
    RECURRING["cases.silence"].tick(LATER)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "uses"},
        {"role": ""},
        {"answered_at": NOW},
        {"bounced_at": NOW},
        {"declined_at": NOW},
        {"complained_at": NOW},
        {"sent_at": None},
        {"is_test": True},
        {"expires_at": LATER - 31 * DAY},  # long ago: a new rule does not call them all
    ],
)
def test_who_is_not_silent(company: Company, rule: Rule, fields: dict[str, Any]) -> None:
    asked(company, **fields)
    assert open_silences(LATER) == 0


def test_who_is_left_alone(company: Company, rule: Rule) -> None:
    OptOut.objects.create(customer=asked(company).customer)
    factories.response(customer=asked(company).customer, answered_at=NOW)
    open_case = asked(company).customer
    spoken = asked(company).customer
    for who, closed in ((open_case, None), (spoken, NOW)):
        Case.objects.create(customer=who, response=factories.response(
            customer=who, answered_at=NOW - 60 * DAY), score=1, opened_at=NOW, due_at=NOW,
            next_step_at=NOW, closed_at=closed)  # fmt: skip
    visit = factories.version(survey=factories.survey(kind="transactional"))
    asked(company, version=visit)  # one visit is no relationship
    assert open_silences(LATER) == 0
    Case.objects.all().delete()
    assert open_silences(LATER) == 2


def test_a_survey_named_may_be_about_a_visit(company: Company, rule: Rule) -> None:
    visit = factories.version(survey=factories.survey(kind="transactional"))
    rule.survey = visit.survey
    rule.decision_roles = ["uses"]
    rule.save()
    asked(company)
    wanted = asked(company, version=visit, role="uses")
    assert open_silences(LATER) == 1
    assert Case.objects.get().invitation == wanted


def test_one_call_for_two_silences(company: Company, rule: Rule) -> None:
    first = asked(company)
    asked(company, customer=Customer.objects.get(pk=first.customer_id))
    assert open_silences(LATER) == 1


def test_the_first_rule_about_silence_decides(company: Company, rule: Rule) -> None:
    south = Rule.objects.create(name="South", position=1, trigger=Trigger.SILENCE,
                                unit=company.south, silent_days=1)  # fmt: skip
    Rule.objects.filter(pk=rule.pk).update(silent_days=30)
    asked(company)
    assert open_silences(LATER) == 0
    assert south.decision_roles == []
    Rule.objects.filter(pk=south.pk).update(unit=company.root)
    assert open_silences(LATER) == 1
    assert Case.objects.get().rule == south
