"""How is a customer asked again some weeks after their case was closed?

A closed case leaves an interaction at the touchpoint AFTER_A_CASE in the customer's history; a
programme for that touchpoint asks N days later, like any other: decided, logged, reminded.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.cases.enums import Result
from loopwell.cases.models import Case, Closure
from loopwell.cases.queries.asking_again import asks_again
from loopwell.kit.errors import Conflict, Invalid
from loopwell.people.models import Interaction
from loopwell.people.operations import record_interactions
from loopwell.people.rules.drafts import InteractionDraft
from loopwell.people.rules.problems import CannotSave
from loopwell.sampling.enums import After, ProgrammeKind
from loopwell.sampling.models import Programme
from loopwell.sampling.operations import create_programme, start_programme
from loopwell.sampling.rules import ProgrammeDraft
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.operations import create_survey, publish_version
from loopwell.surveys.templates.recovery import AFTER_A_CASE

SPOKEN = frozenset({Result.SOLVED, Result.EXPLAINED, Result.PASSED_ON})
DAYS = range(7, 76)
TRIED_FOR = timedelta(days=14)
NOT_TWICE_WITHIN = timedelta(days=60)


@transaction.atomic
def ask_again(*, actor: Actor, now: datetime, days: int, is_demo: bool = False) -> Programme:
    """A published survey and a running programme that asks `days` after a case was closed.

    Contact rules would keep back everybody who has just answered and been called, so the programme
    has reasoned exceptions; its own rule is the waiting time, and never twice in 60 days.
    """
    require(actor, Right.RUN_SURVEYS)
    if days not in DAYS:
        text = _("Choose %(first)s to %(last)s days.") % {"first": DAYS[0], "last": DAYS[-1]}
        raise Invalid(text, fields={"days": [text]})
    if asks_again() is not None:
        raise Conflict(_("There is a programme that asks again already."))
    survey = create_survey(
        actor=actor,
        now=now,
        name=_("After we called back"),
        kind=SurveyKind.TRANSACTIONAL,
        languages=[code for code, _name in settings.LANGUAGES],
        template="recovery",
        is_demo=is_demo,
    )
    publish_version(actor=actor, now=now, survey=survey)
    reason = _("Whether a call helped can only be asked of those we called, some weeks later.")
    draft = ProgrammeDraft(
        kind=ProgrammeKind.TRANSACTIONAL,
        name=_("Ask again after a call"),
        touchpoints=(AFTER_A_CASE,),
        delay_minutes=days * 24 * 60,
        expires_hours=int((timedelta(days=days) + TRIED_FOR) / timedelta(hours=1)),
        exceptions=tuple((after, reason) for after in (After.INVITATION, After.ANSWER, After.CALL)),
    )
    programme = create_programme(actor=actor, now=now, survey=survey, draft=draft, is_demo=is_demo)
    return start_programme(actor=actor, now=now, programme=programme)


def leave_in_history(*, now: datetime, closures: Sequence[int]) -> int:
    """For cases closed after a talk: what the programme waits for. May be called again; returns how
    many interactions are there now."""
    if asks_again() is None:
        return 0
    rows = Closure.objects.filter(pk__in=closures, result__in=SPOKEN, case__merged_into=None)
    found = list(rows.select_related("case__customer", "case__unit", "by"))
    lately = set(
        Interaction.objects.filter(
            customer__in=[row.case.customer_id for row in found],
            touchpoint=AFTER_A_CASE,
            at__gt=now - NOT_TWICE_WITHIN,
        ).values_list("customer_id", flat=True)
    )
    drafts = {row.case.customer_id: _draft(row.case, row) for row in found}
    wanted = [draft for customer, draft in drafts.items() if customer not in lately]
    plans = record_interactions(actor=SYSTEM, now=now, drafts=wanted) if wanted else []
    refused = [plan for plan in plans if plan.thing is None]
    if refused:
        raise CannotSave(refused[0].problems)
    return len(plans)


def _draft(case: Case, closure: Closure) -> InteractionDraft:
    return InteractionDraft(
        touchpoint=AFTER_A_CASE,
        at=closure.at,
        external_id=f"case:{case.ref}:{closure.pk}",
        customer_ref=case.customer.ref,
        unit=case.unit.ref if case.unit else None,
        employee=closure.by.email if closure.by else None,
    )
