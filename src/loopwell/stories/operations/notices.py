"""How is a new procedure made known, and who has read it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.stories.models import Notice, NoticeRead
from loopwell.stories.queries import notice_by_ref
from loopwell.themes.models import Theme


@dataclass(frozen=True)
class NoticeDraft:
    title: str
    text: str
    unit: Unit
    theme: Theme | None = None
    roles: Sequence[Role] = ()


@transaction.atomic
def publish_notice(
    *, actor: Actor, now: datetime, draft: NoticeDraft, notice: Notice | None = None
) -> Notice:
    """A new one, whose readers are told; or other words for a known one, which tells nobody."""
    _check_actor(actor, draft.unit)
    if notice is not None:
        _check_actor(actor, notice.unit)
    fields = {}
    if not draft.title.strip():
        fields["title"] = [_("Give it a title.")]
    if not draft.text.strip():
        fields["text"] = [_("Say what is done differently from now on.")]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)
    saved = notice or Notice(by_id=actor.user_id, at=now)
    saved.title, saved.text = draft.title.strip()[:150], draft.text.strip()
    saved.unit, saved.theme = draft.unit, draft.theme
    saved.roles = sorted(role.value for role in draft.roles)
    saved.save()
    if notice is None:
        _told(actor, now, saved, "notice.published", _readers(saved, actor))
    else:
        _told(actor, now, saved, "notice.changed", [])
    return saved


def _readers(notice: Notice, actor: Actor) -> list[int]:
    """People with a login below the unit, of the roles it is for."""
    rows = User.objects.filter(is_active=True, memberships__unit__path__startswith=notice.unit.path)
    if notice.roles:
        rows = rows.filter(memberships__role__in=notice.roles)
    found = set(rows.values_list("pk", flat=True)) - {actor.user_id}
    return sorted(found)


@transaction.atomic
def retire_notice(*, actor: Actor, now: datetime, notice: Notice) -> Notice:
    _check_actor(actor, notice.unit)
    if notice.retired_at is None:
        notice.retired_at = now
        notice.save(update_fields=["retired_at"])
        _told(actor, now, notice, "notice.retired", [])
    return notice


def mark_read(*, actor: Actor, now: datetime, notice: Notice) -> None:
    require(actor, Right.READ_ANSWERS)
    notice_by_ref(actor, notice.ref)
    if actor.user_id is not None:
        NoticeRead.objects.get_or_create(notice=notice, user_id=actor.user_id, defaults={"at": now})


def _check_actor(actor: Actor, unit: Unit) -> None:
    require(actor, Right.PUBLISH)
    if not actor.within(Right.PUBLISH).covers(unit.path):
        raise Forbidden(_("You can publish only for your own part of the company."))


def _told(actor: Actor, now: datetime, notice: Notice, what: str, people: Sequence[int]) -> None:
    payload = {"notice": notice.pk, "tell": list(people)}
    append(actor=actor, now=now, events=[Event(what, "notice", notice.pk, payload)])
