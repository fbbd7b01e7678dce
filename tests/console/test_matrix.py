"""Every address with a reference of one unit × roles of another: nothing is seen or changed."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import Absence, Unit, User
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import NoteKind, RedressState
from loopwell.cases.models import Case, CoachingNote, FurtherAction, Redress
from loopwell.huddles.models import Commitment, Huddle, Issue
from loopwell.huddles.rules.months import month_of, month_text
from loopwell.huddles.rules.weeks import monday_of, week_text
from loopwell.initiatives.models import Initiative
from loopwell.stories.models import Notice, Recognition, Story
from loopwell.targets.enums import Period
from loopwell.targets.models import Target
from tests import factories
from tests.conftest import Company
from tests.console.test_permissions import REF, console_patterns

pytestmark = pytest.mark.django_db
LOCAL = [
    Role.MANAGER, Role.SUPERVISOR, Role.FRONT_LINE, Role.CALL_BACK, Role.ANALYST, Role.EXECUTIVE,
    Role.FINANCE, Role.FUNCTION, Role.ACCOUNT_MANAGER,
]  # fmt: skip
NOT_THEIRS = {302, 403, 404, 405, 422}
# Addresses whose reference is not of something that belongs to a unit.
COMPANY_WIDE = {
    "training", "case_rules", "guides", "escalation", "letters", "keys", "webhooks", "programmes",
    "surveys", "waves", "journeys", "links", "contact", "decisions", "planner", "brand", "channels",
    "imports", "sources", "held", "outbox", "weights", "setup", "profile", "digests", "reminders",
    "calls", "alarms", "my_alarms", "promoters", "home", "use", "benchmark", "properties",
    "dashboards", "explore", "key_figures", "taxonomy", "coding", "pains", "complaints",
    "text_rules",
}  # fmt: skip


@pytest.fixture
def north(company: Company) -> dict[str, list[str]]:
    """One of everything in North; by area the addresses' references that lead to it."""
    unit, now, today = company.north, timezone.now(), timezone.localdate()
    customer = factories.customer(unit=unit)
    answer = factories.response(
        score=2, comment="Slow", unit=unit, customer=customer, employee=company.fiona
    )
    case = Case.objects.create(
        response=answer, customer=customer, unit=unit, owner=company.mark, score=2, opened_at=now,
        due_at=now, next_step_at=now,
    )  # fmt: skip
    action = FurtherAction.objects.create(case=case, what="x", owner=company.mark, due_on=today)
    redress = Redress.objects.create(
        case=case, what="x", amount=900, currency="EUR", state=RedressState.ASKED, by=company.fiona
    )
    note = CoachingNote.objects.create(
        response=answer, employee=company.fiona, kind=NoteKind.COACHING, text="x"
    )
    story = Story.objects.create(title="x", text="y", case=case, response=answer, unit=unit)
    notice = Notice.objects.create(title="x", text="y", unit=unit)
    honoured = Recognition.objects.create(
        quarter=today.replace(month=1, day=1), employee=company.fiona, unit=unit, reason="x"
    )
    Huddle.objects.create(unit=unit, week=monday_of(today), held_at=now)
    commitment = Commitment.objects.create(
        unit=unit, what="x", owner=company.fiona, due_on=today, week=monday_of(today)
    )
    issue = Issue.objects.create(unit=unit, title="x", text="y", by=company.fiona)
    absence = Absence.objects.create(
        user=company.fiona, starts_on=today, ends_on=today + timedelta(days=3)
    )
    target = Target.objects.create(
        metric="nps", unit=unit, period=Period.YEAR, start=date(2026, 1, 1), end=date(2027, 1, 1),
        value=40,
    )  # fmt: skip
    changed = Initiative.objects.create(title="x", currency="EUR", kind="competes")
    changed.units.add(unit)
    return {
        "initiatives": [changed.ref],
        "targets": [target.ref],
        "cases": [case.ref, action.ref, redress.ref],
        "answers": [answer.ref],
        "customers": [customer.ref],
        "coaching": [note.ref, answer.ref],
        "stories": [story.ref, notice.ref, honoured.ref],
        "huddles": [unit.ref, commitment.ref],
        "reports": [unit.ref],
        "issues": [issue.ref],
        "absences": [absence.ref, company.fiona.ref],
        "worktime": [unit.ref],
    }


def addresses(known: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Every console address with a reference, for each reference of its area."""
    today = timezone.localdate()
    for name, address in sorted(set(console_patterns())):
        area = name.split(":")[0]
        if REF not in address or area in COMPANY_WIDE:
            continue
        for ref in known.get(area, ()):
            filled = address.replace(REF, ref, 1)
            if area == "huddles":
                filled = filled.replace(REF, week_text(monday_of(today)))
            if area == "reports":
                filled = filled.replace(REF, month_text(month_of(today)))
            yield name, filled


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of what belongs to units, to compare before and after."""
    wanted = {"access", "cases", "stories", "huddles", "initiatives", "responses", "people",
              "targets"}  # fmt: skip
    models = [m for m in apps.get_models() if m._meta.app_label in wanted]
    return {
        m._meta.label: list(m._default_manager.order_by("pk").values_list())
        for m in models
        if m._meta.label != "cases.Presence"  # who looks on; needs no right to change
    }


def person(role: Role, unit: Unit) -> User:
    return create_user(
        actor=SYSTEM, email=f"{role}@{unit.external_id}.example".lower(), name=role.value,
        unit=unit, roles=[role],
    )  # fmt: skip


def test_the_table_covers_every_area(north: dict[str, list[str]]) -> None:
    """A new area with references must be placed: of a unit, or of the company."""
    areas = {name.split(":")[0] for name, address in console_patterns() if REF in address}
    older = {"company", "accounts", "status", "recovery"}
    assert areas - COMPANY_WIDE - older <= set(north)


@pytest.mark.parametrize("role", LOCAL)
def test_another_unit_sees_and_changes_nothing(
    role: Role, company: Company, client: Client, north: dict[str, list[str]]
) -> None:
    client.force_login(person(role, company.south))
    before = everything()
    tried = 0
    for name, address in addresses(north):
        got = client.get(address)
        if got.status_code != 405:
            assert got.status_code in {302, 403, 404}, (name, address, got.status_code)
        sent = client.post(address, {"version": "1", "outcome": "reached", "reason": "x"})
        assert sent.status_code in NOT_THEIRS, (name, address, sent.status_code)
        tried += 1
    assert tried > 40
    assert everything() == before


def test_their_own_manager_opens_each_page(
    company: Company, client: Client, north: dict[str, list[str]]
) -> None:
    client.force_login(company.mark)
    opened = set()
    for name, address in addresses(north):
        reply = client.get(address)
        assert reply.status_code in {200, 302, 403, 404, 405, 409}, (name, address)
        if reply.status_code == 200:
            opened.add(name)
    assert {"cases:case", "answers:answer", "customers:customer", "stories:notice",
            "huddles:huddle", "reports:report", "issues:issue"} <= opened  # fmt: skip
