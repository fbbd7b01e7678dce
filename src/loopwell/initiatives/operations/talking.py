"""What is said about an initiative, and where else is it written about?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.initiatives.models import Comment, Initiative, Link
from loopwell.initiatives.operations.claiming import locked, locked_to_work, refuse, tell
from loopwell.initiatives.rules.links import is_safe_link
from loopwell.kit.errors import NotFound

LONGEST = 5_000


@transaction.atomic
def write_comment(*, actor: Actor, now: datetime, initiative: Initiative, text: str) -> Comment:
    """By everybody who sees it; its owner and sponsor are told."""
    row = locked(actor, initiative)
    if not text.strip():
        refuse({"text": [_("Write something.")]})
    if len(text) > LONGEST:
        refuse({"text": [_("At most %(count)s characters.") % {"count": LONGEST}]})
    made = Comment.objects.create(initiative=row, text=text.strip(), by_id=actor.user_id, at=now)
    tell(actor, now, row, "commented", [row.owner_id, row.sponsor_id])
    return made


@transaction.atomic
def add_link(*, actor: Actor, now: datetime, initiative: Initiative, title: str, url: str) -> Link:
    row = locked_to_work(actor, initiative)
    address = url.strip()
    if not is_safe_link(address):
        refuse({"url": [_("The address must begin with https:// and name a host.")]})
    made = Link.objects.create(
        initiative=row, title=title.strip()[:150] or address[:150], url=address,
        by_id=actor.user_id, at=now,
    )  # fmt: skip
    tell(actor, now, row, "linked", link=made.pk)
    return made


@transaction.atomic
def remove_link(*, actor: Actor, now: datetime, link: Link) -> None:
    row = locked_to_work(actor, link.initiative)
    if not Link.objects.filter(pk=link.pk).delete()[0]:
        raise NotFound(_("Somebody removed it meanwhile."))
    tell(actor, now, row, "link_removed", was=link.title)
