"""What was said and filed in a case, who may be told of it, and who has it open now?"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, User
from loopwell.access.queries import root_unit
from loopwell.access.rules import ROLE_RIGHTS, Actor
from loopwell.cases.models import Case, File, Presence, Remark
from loopwell.cases.queries.routing.people import WORKING_ROLES
from loopwell.kit.errors import NotFound

READING_ROLES = sorted(role for role, rights in ROLE_RIGHTS.items() if Right.READ_CASES in rights)
SEEN_FOR = timedelta(seconds=30)


@dataclass(frozen=True)
class Present:
    """A colleague who has the case open; `writing` when they typed just now."""

    name: str
    writing: bool


def people_who_see(case: Case) -> QuerySet[User]:
    """Everybody whose role shows them this case, and who has it."""
    root = root_unit()
    above = case.unit.path if case.unit else f"/{root.pk}/" if root else "/"
    ids = [int(part) for part in above.strip("/").split("/") if part]
    reading = [role for role in READING_ROLES if role != Role.ACCOUNT_MANAGER]
    wanted = Q(memberships__unit_id__in=ids, memberships__role__in=reading)
    wanted |= Q(pk=case.owner_id, memberships__role__in=READING_ROLES)
    if case.account and case.account.owner_id:
        wanted |= Q(pk=case.account.owner_id, memberships__role=Role.ACCOUNT_MANAGER)
    return User.objects.filter(wanted, is_active=True).distinct().order_by("name", "id")


def remarks_of(case: Case) -> Sequence[Remark]:
    """The newest first."""
    rows = Remark.objects.filter(case=case).select_related("by").prefetch_related("mentions")
    return list(rows.order_by("-id"))


def files_of(case: Case) -> Sequence[File]:
    """With those of the cases merged into it, the newest first."""
    rows = File.objects.filter(Q(case=case) | Q(case__merged_into=case))
    return list(rows.select_related("by").order_by("-id"))


def file_of(case: Case, ref: str) -> File:
    """For an actor who was shown the case."""
    wanted = Q(case=case) | Q(case__merged_into=case)
    found = File.objects.filter(wanted, ref=ref).select_related("case").first()
    if found is None:
        raise NotFound(_("There is no such file."))
    return found


def present(actor: Actor, case: Case, now: datetime) -> Sequence[Present]:
    """The others who have the case open, those who write first."""
    rows = Presence.objects.filter(case=case, seen_at__gt=now - SEEN_FOR).select_related("user")
    if actor.user_id is not None:
        rows = rows.exclude(user_id=actor.user_id)
    fresh = now - SEEN_FOR
    found = [
        Present(name=str(row.user), writing=bool(row.typing_at and row.typing_at > fresh))
        for row in rows.order_by("id")
    ]
    return sorted(found, key=lambda each: not each.writing)


def merged_into(case: Case) -> Sequence[Case]:
    """The cases this one takes care of too, with the answers they were about."""
    return list(case.merged.select_related("response").order_by("opened_at", "id"))


def owners_for_all(case_ids: Sequence[int]) -> Sequence[tuple[User, int]]:
    """People who can be given at least one of the cases, with how many of them; those who can
    take most come first. Who cannot take one is told by name afterwards.

    Those whose role covers a unit of the cases; account managers get cases one by one.
    """
    rows = Case.objects.filter(pk__in=case_ids).order_by()
    root = root_unit()
    covered: Counter[int] = Counter()
    for path, number in rows.values_list("unit__path").annotate(number=Count("id")):
        above = path or (root.path if root else "/")
        covered.update({int(part): number for part in above.strip("/").split("/") if part})
    working = [role for role in WORKING_ROLES if role != Role.ACCOUNT_MANAGER]
    held = Membership.objects.filter(
        unit_id__in=covered, role__in=working, user__is_active=True
    ).select_related("user", "unit")
    lots: defaultdict[User, set[str]] = defaultdict(set)
    for each in held:
        lots[each.user].add(each.unit.path)
    people = [
        (user, sum(covered[_last(path)] for path in _outermost(paths)))
        for user, paths in lots.items()
    ]
    return sorted(people, key=lambda each: (-each[1], each[0].name, each[0].pk))


def _outermost(paths: set[str]) -> list[str]:
    """Without those below another, whose cases it counts already."""
    return [path for path in paths if not any(path != o and path.startswith(o) for o in paths)]


def _last(path: str) -> int:
    return int(path.strip("/").rsplit("/", 1)[-1])
