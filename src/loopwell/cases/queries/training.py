"""Which training is for whom, and who has been through it?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Membership, Unit, User
from loopwell.access.rules import Actor
from loopwell.cases.models import Completion, Training
from loopwell.kit.errors import NotFound


@dataclass(frozen=True)
class Lesson:
    """A training in the reader's language, and whether they have been through its edition."""

    training: Training
    title: str
    body: str
    done: bool
    needed_by: tuple[str, ...] = ()


def trainings() -> QuerySet[Training]:
    return Training.objects.filter(retired_at=None).prefetch_related("rules")


def words_of(training: Training) -> tuple[str, str]:
    """Title and body in the reader's language, else English, else any."""
    known: dict[str, dict[str, str]] = training.texts
    for code in (get_language() or "en", "en", *known):
        if known.get(code, {}).get("title"):
            return known[code]["title"], known[code].get("body", "")
    return training.ref, ""


def lessons_for(actor: Actor) -> Sequence[Lesson]:
    """Those of the actor's roles (without roles: of everybody); programme managers see all."""
    own = {role.value for role in actor.roles}
    done = _done(actor.user_id)
    return [
        _lesson(row, done)
        for row in trainings()
        if not row.roles or own & set(row.roles) or actor.may(Right.RUN_SURVEYS)
    ]


def lesson_by_ref(actor: Actor, ref: str) -> Lesson:
    found = next((each for each in lessons_for(actor) if each.training.ref == ref), None)
    if found is None:
        raise NotFound(_("There is no such training."))
    return found


def to_learn(actor: Actor) -> Sequence[Lesson]:
    """What the actor has still to go through, for their own roles."""
    own = {role.value for role in actor.roles}
    found = lessons_for(actor) if actor.user_id is not None else []
    return [
        each
        for each in found
        if not each.done and (not each.training.roles or own & set(each.training.roles))
    ]


def _done(user_id: int | None) -> set[tuple[int, int]]:
    rows = Completion.objects.filter(user_id=user_id or 0)
    return set(rows.values_list("training_id", "edition"))


def _lesson(row: Training, done: set[tuple[int, int]]) -> Lesson:
    title, body = words_of(row)
    needed = tuple(rule.name for rule in row.rules.all() if rule.is_active)
    return Lesson(row, title, body, (row.pk, row.edition) in done, needed)


@dataclass(frozen=True)
class Progress:
    """Of `people` in a unit who should, `done` have been through the current edition."""

    unit: str
    people: int
    done: int


def progress(actor: Actor, training: Training) -> Sequence[Progress]:
    """By unit, for those the actor leads or trains."""
    right = Right.RUN_SURVEYS if actor.may(Right.RUN_SURVEYS) else Right.COACH
    people = User.objects.filter(actor.within(right).rows(), is_active=True)
    members = Membership.objects.filter(user__in=people)
    if training.roles:
        members = members.filter(role__in=training.roles)
    wanted = dict(members.values_list("user_id", "user__unit_id"))
    rows = Completion.objects.filter(training=training, edition=training.edition)
    done = set(rows.filter(user__in=wanted).values_list("user_id", flat=True))
    names = dict(Unit.objects.filter(pk__in=set(wanted.values())).values_list("pk", "name"))
    units: dict[int | None, list[int]] = {}
    for user, unit in wanted.items():
        units.setdefault(unit, []).append(user)
    return [
        Progress(names.get(unit or 0, ""), len(users), sum(user in done for user in users))
        for unit, users in sorted(units.items(), key=lambda item: names.get(item[0] or 0, ""))
    ]
