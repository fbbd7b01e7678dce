"""How is the mailbox for replies set up, tried and read?"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.operations.receiving import Taken, take_mail
from loopwell.integrations.imap.models import Mailbox
from loopwell.integrations.imap.reading import (
    MailboxProblem,
    Place,
    count_of,
    mark_done,
    new_mails,
    opened,
    validity_of,
)
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.kit.errors import Invalid
from loopwell.kit.sealing import Unreadable, seal, unseal

PURPOSE = "imap"
KIND = "imap.read"
EVERY = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)


@dataclass(frozen=True)
class MailboxChange:
    """All of a mailbox that a person writes; an empty password keeps the one there is."""

    host: str
    port: int
    security: str
    user: str
    password: str = ""
    folder: str = "INBOX"
    done_folder: str = ""
    is_on: bool = True


@dataclass(frozen=True)
class Read:
    """What one reading brought."""

    into_cases: int = 0
    strays: int = 0
    known: int = 0


def save_mailbox(*, actor: Actor, now: datetime, change: MailboxChange) -> Mailbox:
    """Raises Invalid. Another folder or server is read from now on, not from its beginning."""
    require(actor, Right.MANAGE_ACCESS)
    row = Mailbox.objects.first() or Mailbox(since=now)
    _check(change, row)
    if (row.host, row.user, row.folder) != (change.host, change.user, change.folder):
        row.validity, row.last_uid, row.since = "", 0, now
    row.host, row.port, row.security = change.host.strip(), change.port, change.security
    row.user, row.folder = change.user.strip(), change.folder.strip() or "INBOX"
    row.done_folder, row.is_on = change.done_folder.strip(), change.is_on
    if change.password:
        row.sealed = seal(change.password, purpose=PURPOSE)
    row.error, row.failures, row.retry_at = "", 0, None
    row.save()
    return row


def try_mailbox(*, actor: Actor, change: MailboxChange) -> int:
    """How many mails lie in the folder; takes none. Raises MailboxProblem or Invalid."""
    require(actor, Right.MANAGE_ACCESS)
    row = Mailbox.objects.first() or Mailbox()
    _check(change, row)
    password = change.password or _password(row)
    place = Place(
        change.host, change.port, change.security, change.user, password, change.folder or "INBOX"
    )
    with opened(place) as box:
        return count_of(box, place.folder)


def remove_mailbox(*, actor: Actor) -> None:
    """What was taken from it stays."""
    require(actor, Right.MANAGE_ACCESS)
    Mailbox.objects.all().delete()


def start_reading(*, actor: Actor, now: datetime) -> bool:
    """Hands over one reading, unless one waits or runs or the server gets a rest."""
    due = Mailbox.objects.filter(is_on=True).exclude(retry_at__gt=now).exists()
    if not due or Job.objects.filter(kind=KIND, finished_at=None, failed_at=None).exists():
        return False
    enqueue(kind=KIND, args={}, actor=actor, now=now)
    return True


def read_if_due(now: datetime) -> Read:
    """For its job: a server that fails is asked again, less and less often, at least twice an
    hour."""
    row = Mailbox.objects.filter(is_on=True).first()
    if row is None or (row.retry_at is not None and row.retry_at > now):
        return Read()
    try:
        return read_mailbox(row, now)
    except MailboxProblem as problem:
        row.failures = min(row.failures + 1, 1000)
        wait = min(EVERY * 2 ** min(row.failures, 10), LONGEST_WAIT)
        row.retry_at, row.error = now + wait, str(problem)[:500]
        row.save(update_fields=["failures", "retry_at", "error"])
        return Read()


def read_mailbox(row: Mailbox, now: datetime) -> Read:
    """Each mail is stored, then noted, then marked at the server: whatever breaks in between,
    the next reading meets it again and knows it."""
    done = Read()
    with opened(_place(row)) as box:
        validity = validity_of(box, row.folder)
        if row.validity != validity:
            row.validity, row.last_uid = validity, 0
        for mail in new_mails(box, after=row.last_uid, since=row.since):
            went = take_mail(raw=mail.raw, now=now, cut=mail.cut)
            done = _counted(done, went)
            row.last_uid, row.last_taken_at = mail.uid, now
            row.taken += went is not Taken.KNOWN
            row.save(update_fields=["validity", "last_uid", "last_taken_at", "taken"])
            mark_done(box, mail.uid, row.done_folder)
    row.last_read_at, row.error, row.failures, row.retry_at = now, "", 0, None
    row.save(
        update_fields=["validity", "last_uid", "last_read_at", "error", "failures", "retry_at"]
    )
    return done


def _counted(done: Read, went: Taken) -> Read:
    names = {Taken.CASE: "into_cases", Taken.STRAY: "strays", Taken.KNOWN: "known"}
    name = names[went]
    return replace(done, **{name: getattr(done, name) + 1})


def _place(row: Mailbox) -> Place:
    return Place(row.host, row.port, row.security, row.user, _password(row), row.folder)


def _password(row: Mailbox) -> str:
    try:
        return unseal(row.sealed, purpose=PURPOSE) if row.sealed else ""
    except Unreadable as error:
        raise MailboxProblem(
            _("The secret key of this installation has changed: enter the password again.")
        ) from error


def _check(change: MailboxChange, row: Mailbox) -> None:
    fields: dict[str, list[str]] = {}
    if not change.host.strip() or set(change.host) & set(" /:@"):
        fields["host"] = [_("Write the server's name alone: imap.example.com")]
    if not 0 < change.port < 65536:
        fields["port"] = [_("Write a port from 1 to 65535, usually 993.")]
    if not change.user.strip():
        fields["user"] = [_("Write the user, often the whole address.")]
    if not change.password and not row.sealed:
        fields["password"] = [_("Write the password.")]
    elif not change.password and row.host and change.host.strip() != row.host:
        fields["password"] = [_("Another server: write the password again.")]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)
