"""Which files were brought, by whom, and how far is each?"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import NotFound
from loopwell.people.models import Upload


def uploads(actor: Actor) -> QuerySet[Upload]:
    """One's own uploads; who sees the whole company sees everybody's."""
    require(actor, Right.IMPORT_DATA)
    rows = Upload.objects.select_related("created_by")
    return (
        rows
        if actor.within(Right.IMPORT_DATA).everything
        else rows.filter(created_by_id=actor.user_id or 0)
    )


def upload_by_ref(actor: Actor, ref: str) -> Upload:
    found = uploads(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such upload."))
    return found
