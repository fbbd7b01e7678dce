"""How is one thing done to many cases, so that those that cannot are told by name?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.cases.enums import Outcome, Priority, Result
from loopwell.cases.models import Attempt, Case
from loopwell.cases.operations.closing import Interview, close_case
from loopwell.cases.operations.owners import reassign_case
from loopwell.cases.operations.ranking import set_priority
from loopwell.cases.operations.remarks import write_remark
from loopwell.cases.queries.scope import visible_to
from loopwell.kit.errors import ExpectedError, Invalid

CLOSES_AS = (Result.UNREACHABLE, Result.NO_CONTACT)
Act = Callable[[Case], object]
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class NotDone:
    """A case it could not be done to, by its customer's name, and why."""

    ref: str
    name: str
    why: str


@dataclass(frozen=True)
class BulkResult:
    done: int = 0
    not_done: Sequence[NotDone] = field(default_factory=tuple)


def _silence(done: int, total: int) -> None:
    """For few cases nobody waits to hear how far it is."""


def give_many(
    *, actor: Actor, now: datetime, case_ids: Sequence[int], owners: Sequence[User], reason: str,
    report: Report = _silence,
) -> BulkResult:  # fmt: skip
    """To one person, or by turns among several; a turn is lost only with a case given."""
    require(actor, Right.WORK_CASES)
    if not owners:
        message = _("Choose who gets them.")
        raise Invalid(message, fields={"owners": [message]})
    if not reason.strip():
        message = _("Say why somebody else should take it.")
        raise Invalid(message, fields={"reason": [message]})
    turn = 0

    def give(case: Case) -> None:
        nonlocal turn
        owner = owners[turn % len(owners)]
        reassign_case(
            actor=actor, now=now, case=case, version=case.version, owner=owner, reason=reason
        )
        turn += 1

    return _each(actor, case_ids, give, report)


def rank_many(
    *, actor: Actor, now: datetime, case_ids: Sequence[int], priority: Priority,
    report: Report = _silence,
) -> BulkResult:  # fmt: skip
    require(actor, Right.WORK_CASES)
    return _each(
        actor,
        case_ids,
        lambda case: set_priority(
            actor=actor, now=now, case=case, version=case.version, priority=priority
        ),
        report,
    )


def remark_on_many(
    *, actor: Actor, now: datetime, case_ids: Sequence[int], text: str, report: Report = _silence
) -> BulkResult:
    """The same note in each; closed ones too."""
    require(actor, Right.WORK_CASES)
    if not text.strip():
        message = _("Write the note first.")
        raise Invalid(message, fields={"text": [message]})
    return _each(
        actor,
        case_ids,
        lambda case: write_remark(actor=actor, now=now, case=case, text=text),
        report,
    )


def close_many(
    *, actor: Actor, now: datetime, case_ids: Sequence[int], result: Result,
    report: Report = _silence,
) -> BulkResult:  # fmt: skip
    """Only ends that need nothing learnt: nobody was reached, or nobody wanted to talk."""
    require(actor, Right.WORK_CASES)
    if result not in CLOSES_AS:
        raise Invalid(
            _("Cases in which somebody spoke are closed one by one: write what came out.")
        )
    refused = {each.ref: each.why for each in cannot_close(actor, case_ids, result)}

    def close(case: Case) -> None:
        if case.ref in refused:
            raise Invalid(refused[case.ref])
        close_case(
            actor=actor, now=now, case=case, version=case.version, interview=Interview(result)
        )

    return _each(actor, case_ids, close, report)


def cannot_close(actor: Actor, case_ids: Sequence[int], result: Result) -> list[NotDone]:
    """Which of them cannot end so, and why."""
    last = Attempt.objects.filter(case=OuterRef("pk")).order_by("-id").values("outcome")[:1]
    able = visible_to(actor, Right.WORK_CASES).filter(pk__in=case_ids)
    workable = set(able.values_list("pk", flat=True))
    rows = visible_to(actor).filter(pk__in=case_ids).select_related("customer")
    found = []
    for case in rows.annotate(last_outcome=Subquery(last)).order_by("pk"):
        why = _why_not(case, result, workable=case.pk in workable)
        if why:
            found.append(NotDone(case.ref, str(case.customer), why))
    return found


def _why_not(case: Case, result: Result, *, workable: bool) -> str:
    last = getattr(case, "last_outcome", None)
    if not workable:
        return _("You may read this case, but others work on it.")
    if case.closed_at is not None:
        return _("It is closed already.")
    if case.reached_at is not None:
        return _("Somebody spoke with this customer: write down what came out.")
    if result == Result.UNREACHABLE and last is None:
        return _("Nobody has tried to call yet.")
    refused = last == Outcome.REFUSED or case.consent_seen is False
    if result == Result.NO_CONTACT and not refused:
        return _("This customer did not say so.")
    return ""


def _each(actor: Actor, case_ids: Sequence[int], act: Act, report: Report) -> BulkResult:
    """One transaction a case: what fails for one is told and stops none of the others."""
    done, failed = 0, []
    for place, pk in enumerate(case_ids, start=1):
        case = visible_to(actor).filter(pk=pk).select_related("customer", "unit", "account").first()
        if case is None:
            continue
        try:
            with transaction.atomic():
                act(case)
            done += 1
        except ExpectedError as error:
            failed.append(NotDone(case.ref, str(case.customer), str(error)))
        if place % 20 == 0:
            report(place, len(case_ids))
    return BulkResult(done=done, not_done=tuple(failed))
