"""Which notices are for somebody, and how many have read them?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.stories.models import Notice, NoticeRead

TOO_FEW = 5  # below it, counts of who has read would tell about persons


def notices(actor: Actor, *, retired: bool = False) -> QuerySet[Notice]:
    """Those for the actor's units and roles, and those they could have published; newest first."""
    if not actor.may(Right.READ_ANSWERS):
        return Notice.objects.none()
    rows = Notice.objects.select_related("unit", "theme", "by")
    rows = rows.filter(retired_at__isnull=not retired)
    found = [row.pk for row in rows if _is_for(actor, row)]
    return rows.filter(pk__in=found)


def _is_for(actor: Actor, notice: Notice) -> bool:
    """In Python: there are dozens of them, and SQLite cannot look into a JSON list."""
    if actor.within(Right.PUBLISH).covers(notice.unit.path):
        return True
    if notice.roles and not set(notice.roles) & {role.value for role in actor.roles}:
        return False
    return (
        actor.scope.everything
        or any(
            path.startswith(notice.unit.path) or notice.unit.path.startswith(path)
            for path in actor.scope.paths
        )
        or (not actor.scope.paths and notice.unit.parent_id is None)
    )


def notice_by_ref(actor: Actor, ref: str) -> Notice:
    both = notices(actor) | notices(actor, retired=True)
    found = both.filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such notice."))
    return found


def unread(actor: Actor) -> Sequence[Notice]:
    if actor.user_id is None:
        return []
    return list(notices(actor).exclude(reads__user_id=actor.user_id))


@dataclass(frozen=True)
class Reading:
    """How many people of a unit have read a notice; None where too few to say."""

    unit: str
    people: int
    read: int | None


def readings(notice: Notice) -> Sequence[Reading]:
    """By unit of the readers, below the notice's unit."""
    people = User.objects.filter(is_active=True, unit__path__startswith=notice.unit.path)
    if notice.roles:
        people = people.filter(memberships__role__in=notice.roles).distinct()
    everyone = dict(people.order_by().values_list("unit").annotate(Count("pk", distinct=True)))
    seen = NoticeRead.objects.filter(notice=notice, user__in=people).order_by()
    read = dict(seen.values_list("user__unit").annotate(Count("pk")))
    names = dict(Unit.objects.filter(pk__in=everyone).values_list("pk", "name"))
    return [
        Reading(names[unit], n, read.get(unit, 0) if n >= TOO_FEW else None)
        for unit, n in sorted(everyone.items(), key=lambda item: names[item[0]])
    ]


def is_for_unit(notice: Notice, path: str) -> bool:
    return path.startswith(notice.unit.path)


def notices_for_unit(path: str) -> QuerySet[Notice]:
    """What the people of one unit were told; for huddles."""
    parts = [part for part in path.strip("/").split("/") if part]
    above = ["/" + "/".join(parts[: i + 1]) + "/" for i in range(len(parts))]
    return Notice.objects.filter(Q(unit__path__in=above), retired_at=None).select_related("theme")
