"""How is the message to those who raised the problem written, approved, tried and begun?"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.delivery.transports import Outcome, Unreachable, configured
from loopwell.initiatives.models import Initiative, Telling
from loopwell.initiatives.operations.claiming import ChangedMeanwhile, locked_to_work, refuse, tell
from loopwell.initiatives.operations.claiming import locked as locked_to_see
from loopwell.initiatives.operations.told_mail import mail_to
from loopwell.initiatives.queries.naming import Receiver
from loopwell.initiatives.queries.seeing import may_work_on
from loopwell.initiatives.queries.telling import may_approve, reach
from loopwell.initiatives.rules.telling import cleaned, faults
from loopwell.jobs.operations import enqueue
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.kit.ids import new_ref

JOB = "initiatives.tell"


@transaction.atomic
def write_message(
    *, actor: Actor, now: datetime, initiative: Initiative, version: int,
    words: Mapping[str, tuple[str, str]],
) -> Telling:  # fmt: skip
    """By language subject and text. Ends the approval; `version` is 0 for the first words."""
    row = locked_to_work(actor, initiative)
    said = cleaned(words)
    refuse(faults(said))
    telling = Telling.objects.select_for_update().filter(initiative=row).first()
    if (telling.version if telling else 0) != version:
        raise _changed()
    telling = telling or Telling(initiative=row, version=0)
    telling.version, telling.words = version + 1, said
    telling.by_id, telling.at = actor.user_id, now
    telling.approved_by, telling.approved_at = None, None
    telling.save()
    tell(actor, now, row, "message_written", words=said, version=telling.version)
    return telling


@transaction.atomic
def approve_message(
    *, actor: Actor, now: datetime, initiative: Initiative, version: int
) -> Telling:
    """By somebody else than whoever wrote it: these words, at this version."""
    row = locked_to_see(actor, initiative)
    telling = _written(row, version)
    if telling.by_id == actor.user_id:
        raise Forbidden(_("Somebody else approves what you wrote."))
    if not may_approve(actor, telling):
        raise Forbidden(_("This is approved by who decides about initiatives or runs surveys."))
    if telling.approved_at is not None:
        raise Conflict(_("This message is approved already."))
    telling.approved_by_id, telling.approved_at = actor.user_id, now
    telling.save(update_fields=["approved_by", "approved_at"])
    tell(actor, now, row, "message_approved", [telling.by_id], version=version)
    return telling


@transaction.atomic
def start_telling(*, actor: Actor, now: datetime, initiative: Initiative, version: int) -> Telling:
    """Customers get the message, colleagues a notice, in the background; whoever was told once is
    never told again."""
    row = locked_to_work(actor, initiative)
    telling = _written(row, version)
    if telling.approved_at is None:
        raise Conflict(_("Somebody else has to approve the message first."))
    found = reach(row, telling, localdate(now))
    if not found.new_customers and not found.new_employees:
        raise Conflict(_("There is nobody to tell who has not been told."))
    telling.started_by_id, telling.started_at = actor.user_id, now
    telling.save(update_fields=["started_by", "started_at"])
    enqueue(kind=JOB, args={"telling": telling.pk}, actor=actor, now=now)
    tell(actor, now, row, "telling_begun", version=version)
    return telling


def try_message(*, actor: Actor, now: datetime, initiative: Initiative, language: str) -> str:
    """One language's words to the actor's own address, at once; returns the address. Nothing is
    counted. Raises Invalid with what the mail server said."""
    with transaction.atomic():
        row = locked_to_see(actor, initiative)
        telling = Telling.objects.filter(initiative=row).first()
    me = User.objects.filter(pk=actor.user_id or 0).first()
    if me is None:
        raise Invalid(_("A test goes to a person: log in first."))
    if telling is None or language not in telling.words:
        raise Conflict(_("There are no words in this language yet: save them first."))
    if not (may_approve(actor, telling) or may_work_on(actor, row)):
        raise Forbidden(_("Only those who lead this initiative or its units can do this."))
    ref = new_ref()
    mail = mail_to(telling, Receiver(0, me.email, language, me.name, None), ref)
    transport = configured()
    try:
        transport.open()
        try:
            result = transport.send(mail, f"test-{ref}")
        finally:
            transport.close()
    except (Unreachable, ValueError) as error:
        raise Invalid(_("The test did not leave: %(error)s") % {"error": error}) from error
    if result.outcome is not Outcome.SENT:
        raise Invalid(_("The test did not leave: %(error)s") % {"error": result.detail})
    return me.email


def _written(initiative: Initiative, version: int) -> Telling:
    telling = Telling.objects.select_for_update().filter(initiative=initiative).first()
    if telling is None:
        raise Conflict(_("Write the message first."))
    if telling.version != version:
        raise _changed()
    return telling


def _changed() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        _("Somebody changed this message meanwhile.")
        + " "
        + _("Nothing of yours is lost: look at what changed, then send it again.")
    )
