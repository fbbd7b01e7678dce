"""What does the page of a case need for redress, promises and coaching?"""

from datetime import timedelta
from typing import Any

from django.forms import Form
from django.utils import timezone

from loopwell.cases import queries
from loopwell.cases.queries.actions import actions_of, is_overdue
from loopwell.cases.queries.coaching import may_coach, notes_on
from loopwell.cases.queries.redress import UNLIMITED, limit_of, may_decide, redress_of
from loopwell.console.cases.helping_forms import (
    ActionForm,
    CoachingForm,
    DecisionForm,
    DoneForm,
    NumberForm,
    RedressForm,
)
from loopwell.console.door import StaffRequest


def helped_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    actor, now = request.actor, timezone.now()
    limit = limit_of(actor.user_id, case)
    answer = case.response
    return {
        "redress": [(row, may_decide(actor, row)) for row in redress_of(case)],
        "actions": [(row, is_overdue(row, now)) for row in actions_of(case)],
        "limit": limit if limit != UNLIMITED else None,
        "unlimited": limit == UNLIMITED,
        "currency": queries.policy().currency,
        "may_coach": may_coach(actor, answer.employee) if answer else False,
        "coaching": notes_on(actor, answer) if answer else [],
    }


def helping_forms(request: StaffRequest, case: Any) -> dict[str, Form]:
    start = {"version": case.version}
    people = owners_of_actions(request, case)
    tomorrow = timezone.localdate() + timedelta(days=1)
    money = {**start, "redress_currency": queries.policy().currency}
    promise = {**start, "due_on": tomorrow}
    return {
        "redress": RedressForm(initial=money, auto_id="id_redress_%s"),
        "action": ActionForm(owners=people, initial=promise, auto_id="id_action_%s"),
        "decision": DecisionForm(auto_id="id_decision_%s"),
        "done": DoneForm(auto_id="id_done_%s"),
        "number": NumberForm(initial={"phone": case.customer.phone}, auto_id="id_number_%s"),
        "coaching": CoachingForm(auto_id="id_coaching_%s"),
    }


def owners_of_actions(request: StaffRequest, case: Any) -> list[tuple[str, str]]:
    """Who sees the case, oneself first: most promises are kept by who gave them."""
    people = sorted(queries.people_who_see(case), key=lambda user: user.pk != request.actor.user_id)
    return [(user.ref, str(user)) for user in people]
