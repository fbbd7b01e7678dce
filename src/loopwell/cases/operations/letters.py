"""How is a letter to a customer written, and written again when it did not leave?"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loopwell.access.rules import SYSTEM, Actor
from loopwell.cases.enums import Direction
from loopwell.cases.models import Case, Letter, LetterTemplate
from loopwell.cases.operations.locking import tell
from loopwell.cases.operations.seeing import require_worked
from loopwell.cases.queries.letters import (
    fill_template,
    letter_problem,
    templates,
    wants_no_contact,
)
from loopwell.cases.rules.letters import UNSURE_AFTER, message_id_of
from loopwell.delivery.letters import company_name
from loopwell.kit.errors import Conflict, Invalid
from loopwell.kit.ids import new_ref

LONGEST = 20_000
UNREACHABLE = "unreachable"


class NotWritable(Invalid):
    """This customer cannot, or must not, be written to."""


class NeedsConfirmation(Invalid):
    """The customer wants no contact: whoever writes all the same says so (`confirmed`)."""


@transaction.atomic
def write_letter(
    *,
    actor: Actor,
    now: datetime,
    case: Case,
    subject: str,
    text: str,
    template: LetterTemplate | None = None,
    confirmed: bool = False,
) -> Letter:
    """A letter that leaves within seconds; it does not raise the case's version.

    Raises NotWritable, NeedsConfirmation, or Invalid for an empty one.
    """
    require_worked(actor, case)
    said, heading = text.strip().replace("\r\n", "\n"), " ".join(subject.split())
    fields = {}
    if not heading:
        fields["subject"] = [_("Write what it is about.")]
    elif len(heading) > 300:
        fields["subject"] = [_("A subject has at most 300 characters.")]
    if not said:
        fields["text"] = [_("Write the letter first.")]
    elif len(said) > LONGEST:
        fields["text"] = [_("A letter has at most 20,000 characters.")]
    if fields:
        raise Invalid(" ".join(words[0] for words in fields.values()), fields=fields)
    if problem := letter_problem(case):
        raise NotWritable(problem, fields={"text": [problem]})
    if wants_no_contact(case) and not confirmed:
        message = _("This customer does not want to be contacted. Confirm that you write anyway.")
        raise NeedsConfirmation(message, fields={"confirmed": [message]})
    return _store(
        actor=actor,
        now=now,
        case=case,
        subject=heading,
        text=said,
        purpose=template.purpose if template else "",
    )


@transaction.atomic
def write_unreachable(*, case: Case, now: datetime) -> bool:
    """After the last try: “we tried to reach you”, once per opening of the case, in the
    customer's language. False when there is no address, no template, or they want no contact."""
    template = templates().filter(purpose=UNREACHABLE).first()
    if template is None or letter_problem(case) or wants_no_contact(case):
        return False
    since = case.reopenings.order_by("-id").values_list("at", flat=True).first() or case.opened_at
    if case.letters.filter(purpose=UNREACHABLE, at__gte=since).exists():
        return False
    agent = str(case.owner) if case.owner else company_name()
    words = fill_template(template, case=case, agent=agent)
    _store(
        actor=SYSTEM,
        now=now,
        case=case,
        subject=words.subject,
        text=words.text.strip(),
        purpose=UNREACHABLE,
        by_id=case.owner_id,
    )
    return True


@transaction.atomic
def send_letter_again(*, actor: Actor, now: datetime, case: Case, letter: Letter) -> Letter:
    """One that surely did not leave, or that somebody dares to send twice."""
    require_worked(actor, case)
    if problem := letter_problem(case):
        raise NotWritable(problem)
    changed = (
        Letter.objects.filter(pk=letter.pk, case=case, direction=Direction.OUT, sent_at=None)
        .filter(Q(failed_at__isnull=False) | Q(claimed_at__lt=now - UNSURE_AFTER))
        .update(
            failed_at=None,
            claimed_at=None,
            retry_at=None,
            attempts=0,
            error="",
            address=case.customer.email or "",
        )
    )
    if not changed:
        raise Conflict(_("This letter has left, or waits already."))
    letter.refresh_from_db()
    return letter


def _store(
    *,
    actor: Actor,
    now: datetime,
    case: Case,
    subject: str,
    text: str,
    purpose: str,
    by_id: int | None = None,
) -> Letter:
    ref = new_ref()
    letter = Letter.objects.create(
        ref=ref,
        case=case,
        direction=Direction.OUT,
        address=case.customer.email or "",
        subject=subject[:300],
        text=text,
        message_id=message_id_of(ref),
        purpose=purpose,
        by_id=actor.user_id or by_id,
        at=now,
    )
    tell(actor=actor, now=now, case=case, what="wrote", letter=letter.pk)
    return letter
