"""What becomes of a mail that came: a letter in its case, or a stray that somebody looks at?"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from loopwell.access.rules import SYSTEM, Actor, ActorKind
from loopwell.cases.enums import Direction
from loopwell.cases.models import Case, Letter, StrayMail
from loopwell.cases.operations.closing import reopen_case
from loopwell.cases.operations.files import keep_file
from loopwell.cases.operations.locking import tell
from loopwell.cases.operations.posting import letter_bounced
from loopwell.cases.operations.seeing import require_worked
from loopwell.cases.queries import policy
from loopwell.cases.queries.strays import require_sorting
from loopwell.cases.rules.letters import case_ref_in
from loopwell.cases.rules.mail import Incoming, read_mail, unreadable
from loopwell.kit.errors import Conflict, Invalid
from loopwell.kit.ids import new_ref

log = logging.getLogger("loopwell.cases")
CUSTOMER = Actor(kind=ActorKind.CUSTOMER, name="customer")
WROTE = gettext_noop("The customer wrote: %(subject)s")
AUTOMATIC = "automatic"
NO_CASE = gettext_noop("It answers none of our letters, and its sender has no open case.")
SEVERAL = gettext_noop("Its sender has several open cases.")
TOO_LARGE = gettext_noop("It is larger than 25 MB: read it in the mailbox itself.")


class Taken(Enum):
    """Where a mail went."""

    CASE = "case"
    STRAY = "stray"
    KNOWN = "known"


def take_mail(
    *, raw: bytes, now: datetime, also_to: Iterable[str] = (), cut: bool = False
) -> Taken:
    """Puts a mail where it belongs, once: the same again changes nothing.

    `also_to`: where the server says it went; `cut`: only the beginning is here, because all of
    it would be too much.
    """
    try:
        mail = read_mail(raw, also_to=also_to)
    except Exception:  # whatever strange bytes raise: kept, shown, and the next mail goes on
        log.exception("a mail of %d bytes cannot be read", len(raw))
        mail = unreadable(raw)
    if cut:
        mail = replace(mail, text=f"[{_(TOO_LARGE)}]\n\n{mail.text}".strip(), attachments=())
    try:
        with transaction.atomic():
            return _take(mail, raw, now)
    except IntegrityError:
        if is_known(mail.message_id):  # the other way in was quicker with the same mail
            return Taken.KNOWN
        raise


def _take(mail: Incoming, raw: bytes, now: datetime) -> Taken:
    if is_known(mail.message_id):
        return Taken.KNOWN
    case, why = _case_of(mail)
    if case is None:
        _keep_stray(mail, raw, why, now)
        return Taken.STRAY
    _put_in(mail, case, now)
    return Taken.CASE


def is_known(message_id: str) -> bool:
    return (
        Letter.objects.filter(message_id=message_id).exists()
        or StrayMail.objects.filter(message_id=message_id).exists()
    )


@transaction.atomic
def put_stray_into_case(*, actor: Actor, now: datetime, stray: StrayMail, case: Case) -> Letter:
    """Somebody knows what it belongs to: as if it had found its case by itself."""
    require_worked(actor, case)
    fresh = _claim(actor, stray)
    place = Path(settings.MEDIA_ROOT) / fresh.path
    try:
        mail = read_mail(place.read_bytes())
    except OSError as error:
        raise Conflict(_("The mail is not in the data folder any more.")) from error
    letter = _put_in(replace(mail, message_id=fresh.message_id), case, now)
    _resolve(fresh, actor, now, letter)
    return letter


@transaction.atomic
def dismiss_stray(*, actor: Actor, now: datetime, stray: StrayMail) -> None:
    """Not for us: its words go, that it was here stays, so that it is not taken again."""
    fresh = _claim(actor, stray)
    fresh.text = ""
    _resolve(fresh, actor, now, None)


def _claim(actor: Actor, stray: StrayMail) -> StrayMail:
    require_sorting(actor)
    fresh = StrayMail.objects.select_for_update().get(pk=stray.pk)
    if fresh.resolved_at is not None:
        raise Conflict(_("Somebody else has decided about this mail already."))
    return fresh


def _resolve(stray: StrayMail, actor: Actor, now: datetime, letter: Letter | None) -> None:
    place = Path(settings.MEDIA_ROOT) / stray.path
    stray.resolved_at, stray.resolved_by_id, stray.letter = now, actor.user_id, letter
    stray.path = ""
    stray.save(update_fields=["resolved_at", "resolved_by", "letter", "path", "text"])
    transaction.on_commit(lambda: place.unlink(missing_ok=True))


def _case_of(mail: Incoming) -> tuple[Case | None, str]:
    """By the address made for the case, then by the letter it answers, then by its sender."""
    for address in mail.recipients:
        ref = case_ref_in(address)
        if ref and (case := Case.objects.filter(ref=ref).first()):
            return _alive(case), ""
    answered = {
        row.message_id: row
        for row in Letter.objects.filter(message_id__in=mail.references).select_related("case")
    }
    for reference in mail.references:
        if reference in answered:
            return _alive(answered[reference].case), ""
    if mail.is_automatic or not mail.sender:
        return None, NO_CASE
    found = Case.objects.filter(customer__email=mail.sender, closed_at=None)[:2]
    return (found[0], "") if len(found) == 1 else (None, SEVERAL if found else NO_CASE)


def _alive(case: Case) -> Case:
    """The case that goes on where this one was merged into another."""
    seen = {case.pk}
    while case.merged_into is not None and case.merged_into.pk not in seen:
        case = case.merged_into
        seen.add(case.pk)
    return case


def _put_in(mail: Incoming, found: Case, now: datetime) -> Letter:
    case = Case.objects.select_for_update(of=("self",)).get(pk=found.pk)
    letter = Letter.objects.create(
        case=case,
        direction=Direction.IN,
        address=mail.sender,
        subject=mail.subject or _("(no subject)"),
        text=mail.text,
        quoted=mail.quoted,
        message_id=mail.message_id,
        purpose=AUTOMATIC if mail.is_automatic else "",
        at=min(mail.at or now, now),
    )
    _keep_attachments(mail, case, letter, now)
    if mail.bounced:
        _note_bounce(mail, now)
    if not mail.is_automatic:
        _wake(case, letter, now)
        owner = Case.objects.values_list("owner_id", flat=True).get(pk=case.pk)
        tell(
            actor=CUSTOMER,
            now=now,
            case=case,
            what="replied",
            letter=letter.pk,
            owner=owner,
            tell=[owner] if owner else [],
        )
    return letter


def _wake(case: Case, letter: Letter, now: datetime) -> None:
    """An open case is to be looked at now; one closed lately opens again."""
    if case.closed_at is None:
        Case.objects.filter(pk=case.pk).update(next_step_at=now, version=F("version") + 1)
        return
    if now - case.closed_at <= timedelta(days=policy().reopen_days):
        reason = WROTE % {"subject": letter.subject}
        reopen_case(actor=SYSTEM, now=now, case=case, version=case.version, reason=reason)


def _note_bounce(mail: Incoming, now: datetime) -> None:
    for letter in Letter.objects.filter(message_id__in=mail.references, direction=Direction.OUT):
        letter_bounced(ref=letter.ref, detail=mail.said or mail.subject, now=now)


def _keep_attachments(mail: Incoming, case: Case, letter: Letter, now: datetime) -> None:
    """What is too large or too many is named at the letter; the customer can be asked for it."""
    lost = []
    for each in mail.attachments:
        try:
            keep_file(
                case=case,
                now=now,
                name=each.name,
                chunks=(each.content,),
                letter_id=letter.pk,
            )
        except Invalid as error:
            lost.append(f"{each.name[:80]}: {error}")
    if lost:
        letter.error = "\n".join(lost)
        letter.save(update_fields=["error"])


def _keep_stray(mail: Incoming, raw: bytes, why: str, now: datetime) -> None:
    """The bytes lie safe before the row that names them."""
    ref = new_ref()
    place = Path("strays") / f"{ref}.eml"
    target = Path(settings.MEDIA_ROOT) / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)
    StrayMail.objects.create(
        ref=ref,
        message_id=mail.message_id,
        sender=mail.sender,
        sender_name=mail.sender_name,
        subject=mail.subject,
        text=mail.text,
        is_automatic=mail.is_automatic,
        why=why,
        path=str(place),
        at=min(mail.at or now, now),
    )
