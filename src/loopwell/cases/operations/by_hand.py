"""How does somebody open a case that no rule called for?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Assignment, Case, JoinedAnswer
from loopwell.cases.operations.creating import working_hours_of
from loopwell.cases.operations.giving import given_to
from loopwell.cases.queries import Claim, routes
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.kit.working_time import add_working_hours
from loopwell.responses.models import Response
from loopwell.responses.queries import answer_by_ref
from loopwell.surveys.enums import OUR_CUSTOMERS, SurveyKind

CALL_WITHIN = 8
"""Working hours until the first call, where no rule says so."""


class HasCase(Conflict):
    """The answer is taken care of already; `ref` is its case's."""

    def __init__(self, message: str, ref: str) -> None:
        super().__init__(message)
        self.ref = ref


@transaction.atomic
def open_by_hand(*, actor: Actor, now: datetime, ref: str) -> Case:
    """A case about the answer `ref`, given to whoever routing finds nearest.

    Raises HasCase where there is one, Forbidden for answers where the actor works no cases,
    Invalid for answers of nobody we could call.
    """
    require(actor, Right.WORK_CASES)
    row = answer_by_ref(actor, ref)
    if not _works_there(actor, row):
        raise Forbidden(_("You may read this answer, but others work on cases there."))
    _check(row)
    case = Case(
        response=row,
        customer=row.customer,
        account_id=row.account_id,
        unit=row.unit,
        score=row.score,
        comment_seen=bool(row.comment),
        consent_seen=row.contact_consent,
        opened_at=now,
        next_step_at=now,
    )
    hours = working_hours_of([case])
    case.due_at = add_working_hours(now, CALL_WITHIN, hours[case.unit_id])
    routed = routes([_claim(row)], now=now)[row.pk]
    case.owner_id = routed.owner_id
    case.save(force_insert=True)
    assignment = given_to(routed, case=case, now=now)
    assignment.by = actor.label
    Assignment.objects.bulk_create([assignment])
    append(actor=actor, now=now, events=[_opened(case, row)])
    return case


def _works_there(actor: Actor, row: Response) -> bool:
    scope = actor.within(Right.WORK_CASES).rows(account="account")
    return Response.objects.filter(scope, pk=row.pk).exists()


def _check(row: Response) -> None:
    known = Case.objects.filter(response=row).first()
    if known is None:
        joined = JoinedAnswer.objects.filter(response=row).select_related("case").first()
        known = joined.case if joined else None
    if known is not None:
        raise HasCase(_("There is a case about this answer already."), known.ref)
    if row.is_test or row.customer is None or row.kind not in OUR_CUSTOMERS:
        raise Invalid(_("Nobody can be called about this answer: we do not know who gave it."))


def _claim(row: Response) -> Claim:
    return Claim(
        key=row.pk,
        unit=row.unit,
        employee=row.employee,
        account=row.account,
        transactional=row.kind == SurveyKind.TRANSACTIONAL,
        language=row.customer.language if row.customer else "",
        rule=None,
    )


def _opened(case: Case, row: Response) -> Event:
    payload = {
        "response": row.pk,
        "customer": case.customer_id,
        "account": case.account_id,
        "unit": case.unit_id,
        "owner": case.owner_id,
        "rule": None,
        "score": case.score,
        "by_hand": True,
    }
    return Event("case.opened", "case", case.pk, payload)
