"""What does the page of a case need to know of the customer: their worth, how long, promises?"""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from loopwell.access.enums import Right
from loopwell.cases.queries.actions import earlier_actions
from loopwell.cases.queries.guides import guide_for
from loopwell.cases.queries.knowing import joined_answers, known_since
from loopwell.cases.queries.tries import callback_presets, misses
from loopwell.console.answers.choices import property_labels
from loopwell.console.door import StaffRequest
from loopwell.responses.queries.naming import reads_every_name, reads_name


def known_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    now = timezone.now()
    open_case = case.closed_at is None
    steps = guide_for(case, agent=request.actor.name, language=get_language() or "en")
    answer = case.response
    return {
        "properties": _properties(case),
        "since": known_since(case),
        "joined": joined_answers(case),
        "earlier_actions": earlier_actions(request.actor, case),
        "guide": steps if open_case else [],
        "misses": misses(case),
        "presets": callback_presets(case, now) if open_case else [],
        "employee": answer.employee
        if answer and reads_name(request.actor, answer.employee_id)
        else None,
        "reads_names": reads_every_name(request.actor),
        "may_change_customer": request.actor.may(Right.WRITE_CUSTOMERS),
    }


def _properties(case: Any) -> list[tuple[str, str]]:
    """As they are now: what was true when asked stands with the answer."""
    values = {name: value for name, value in sorted(case.customer.properties.items()) if value}
    labels = property_labels() if values else {}
    return [(labels.get(name, name), value) for name, value in values.items()]
