"""Which answers open a case in the demo company, and which silent deciders were called?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_noop

from loopwell.access.models import Unit
from loopwell.cases.enums import Outcome, Priority, Result, Route, Trigger
from loopwell.cases.models import Assignment, Attempt, Case, Closure, Rule
from loopwell.cases.queries.facts import facts_of
from loopwell.cases.queries.widening import PROMOTERS
from loopwell.cases.rules import first_match
from loopwell.journal.models import Entry
from loopwell.people.enums import DecisionRole
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation

LATELY = timedelta(days=30)
CALLED, STILL_OPEN = 9, 3
KEY_ACCOUNT = Decimal(100_000)
LEARNT = (
    "No time for the survey; happy with us, but wants one bill for all branches.",
    "Thought the mail was advertising. Renews, if the installers come on time.",
    "Silent because nothing changed after the last survey. Told what we did since.",
    "Was away. Two colleagues answered for him; agrees with them.",
    "Compares offers at the moment: asked for a visit before the end of the month.",
)


def load_rules(now: datetime) -> None:
    rules = _rules()
    _explain(rules, now)
    _silences(rules[-1], now)


def _rules() -> list[Rule]:
    """Around the rule that every company begins with, which stays when the demo goes."""
    callers = Unit.objects.filter(external_id="call-back", is_demo=True).first()
    own = Rule.objects.first() or Rule.objects.create(name="Unhappy customers", is_demo=True)
    made = [
        Rule(
            name=gettext_noop("Key accounts"), highest_score=8, least_revenue=KEY_ACCOUNT,
            priority=Priority.HIGH, due_working_hours=4, resolve_working_hours=45,
            route=Route.ACCOUNT_OWNER,
        ),
        Rule(
            name=gettext_noop("Wants to leave us"), highest_score=8, priority=Priority.HIGH,
            words=["cancel", "leaving", "switch", "ухожу", "уйду", "расторг", "відмов", "rezygn"],
            due_working_hours=4, route=Route.CALL_BACK, route_unit=callers,
        ),
        Rule(
            name=gettext_noop("Asked to be contacted"), contact_requested=True,
            due_working_hours=9,
        ),
        own,
        Rule(
            name=PROMOTERS, lowest_score=9, highest_score=10, share=10, is_active=False,
            priority=Priority.LOW, due_working_hours=40, route=Route.CALL_BACK, route_unit=callers,
        ),
        Rule(
            name=gettext_noop("Silent deciders"), trigger=Trigger.SILENCE, lowest_score=0,
            highest_score=10, silent_days=7, decision_roles=[DecisionRole.DECIDES],
            least_revenue=KEY_ACCOUNT, due_working_hours=18, route=Route.ACCOUNT_OWNER,
        ),
    ]  # fmt: skip
    for position, rule in enumerate(made, start=1):
        rule.position = position
        rule.is_demo = rule.is_demo or rule.pk is None
        rule.save()
    return made


def _explain(rules: Sequence[Rule], now: datetime) -> None:
    """The newest cases are given the rule that would have opened them."""
    cases = {
        case.response_id: case
        for case in Case.objects.filter(opened_at__gt=now - LATELY, response__isnull=False)
    }
    facts = facts_of(Response.objects.filter(pk__in=list(cases)), rules)
    changed = []
    for pk, known in facts.items():
        rule = first_match(rules, known)
        if rule is not None and cases[pk].rule_id != rule.pk:
            cases[pk].rule, cases[pk].priority = rule, rule.priority
            changed.append(cases[pk])
    Case.objects.bulk_update(changed, ["rule", "priority"], batch_size=500)


def _silences(rule: Rule, now: datetime) -> None:
    """Deciders of the largest accounts who never answered: most were called, a few wait."""
    rows = Invitation.objects.filter(
        customer__is_demo=True,
        customer__decision_role=DecisionRole.DECIDES,
        account__revenue__gte=KEY_ACCOUNT,
        account__owner__isnull=False,
        answered_at=None,
        bounced_at=None,
        sent_at__isnull=False,
        expires_at__lt=now - timedelta(days=12),
    ).select_related("account")
    asked = {row.customer_id: row for row in rows.order_by("expires_at")}
    wanted = sorted(asked.values(), key=lambda r: (r.expires_at, r.pk))[-CALLED - STILL_OPEN :]
    cases = Case.objects.bulk_create(
        _case(row, rule, now, place) for place, row in enumerate(wanted)
    )
    Assignment.objects.bulk_create(
        Assignment(case=c, owner_id=c.owner_id, route=rule.route, by="system", at=c.opened_at)
        for c in cases
    )
    done = [case for case in cases if case.closed_at]
    attempts = Attempt.objects.bulk_create(
        Attempt(case=c, outcome=Outcome.REACHED, by_id=c.owner_id, at=c.reached_at or now)
        for c in done
    )
    closures = Closure.objects.bulk_create(
        Closure(
            case=case, result=Result.EXPLAINED, learnt=LEARNT[place % len(LEARNT)],
            by_id=case.owner_id, at=case.closed_at or now,
        )
        for place, case in enumerate(done)
    )  # fmt: skip
    Entry.objects.bulk_create(
        [
            *(_told("opened", case, case.opened_at, score=None) for case in cases),
            *(_told("attempted", a.case, a.at, attempt=a.pk, outcome=a.outcome) for a in attempts),
            *(_told("closed", c.case, c.at, closure=c.pk, result=c.result) for c in closures),
        ]
    )


def _case(row: Invitation, rule: Rule, now: datetime, place: int) -> Case:
    """The first were called a day after the rule opened them; the last opened these days."""
    is_open = place >= CALLED
    days = CALLED + STILL_OPEN - place
    opened = now - timedelta(days=days, hours=2) if is_open else row.expires_at + timedelta(days=7)
    reached = None if is_open else min(opened + timedelta(days=1), now)
    return Case(
        invitation=row, customer_id=row.customer_id, account=row.account, unit_id=row.unit_id,
        rule=rule, priority=rule.priority, owner_id=row.account.owner_id if row.account else None,
        opened_at=opened, next_step_at=opened, due_at=opened + timedelta(days=2),
        reached_at=reached, closed_at=reached,
    )  # fmt: skip


def _told(what: str, case: Case, at: datetime, **payload: object) -> Entry:
    facts = {"response": None, "customer": case.customer_id, "owner": case.owner_id, **payload}
    return Entry(type=f"case.{what}", at=at, actor="system", subject="case", subject_id=case.pk,
                 payload=facts)  # fmt: skip
