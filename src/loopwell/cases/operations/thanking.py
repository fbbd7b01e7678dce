"""How is a customer thanked for their words, and written to where their case allows it?"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Case, LetterTemplate
from loopwell.cases.operations.letters import write_letter
from loopwell.cases.queries.letters import fill_template
from loopwell.journal.operations import append
from loopwell.journal.queries import timeline
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.responses.models import Response
from loopwell.responses.queries import answer_by_ref

THANKED = "promoter.thanked"


@transaction.atomic
def thank(*, actor: Actor, now: datetime, ref: str, write: bool = False) -> None:
    """Once for each answer; `write` sends the ready words of thanks in the answer's case."""
    require(actor, Right.WORK_CASES)
    row = answer_by_ref(actor, ref)
    here = actor.within(Right.WORK_CASES).rows(account="account")
    if not Response.objects.filter(here, pk=row.pk).exists():
        raise Forbidden(_("You may read this answer, but others work on cases there."))
    if row.customer_id is None:
        raise Invalid(_("We do not know who gave this answer."))
    if row.pk in thanked([row.pk]):
        raise Conflict(_("Somebody has thanked for this answer already."))
    if write:
        _write(actor, now, row)
    payload = {"customer": row.customer_id, "unit": row.unit_id, "wrote": write}
    append(actor=actor, now=now, events=[Event(THANKED, "response", row.pk, payload)])


def thanked(response_ids: Iterable[int]) -> set[int]:
    """For which of these answers somebody has thanked; one query."""
    rows = timeline("response", list(response_ids)).filter(type=THANKED)
    return set(rows.values_list("subject_id", flat=True))


def _write(actor: Actor, now: datetime, row: Response) -> None:
    case = Case.objects.filter(response=row).first()
    if case is None:
        raise Invalid(_("Open a case first: letters to customers are kept in one."))
    template = LetterTemplate.objects.filter(purpose="thanks", retired_at=None).first()
    if template is None:
        raise Invalid(_("There are no ready words of thanks: write the letter in the case."))
    words = fill_template(template, case=case, agent=actor.name)
    write_letter(
        actor=actor,
        now=now,
        case=case,
        subject=words.subject,
        text=words.text,
        template=template,
    )
