"""Which questions did somebody keep or find shared, and who gets the answers by mail?"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.insights.enums import Every
from loopwell.insights.models import SavedQuestion, Subscription
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound

SHARING = ("me", "unit", "all")
MOST = 200
LONGEST = 2000


def saved_questions(actor: Actor) -> QuerySet[SavedQuestion]:
    """One's own and those shared with one; the numbers still are those that one may see."""
    require(actor, Right.READ_ANSWERS)
    rows = SavedQuestion.objects.select_related("owner", "unit")
    if actor.user_id is None:
        return rows.filter(for_all=True)
    return rows.filter(
        Q(owner_id=actor.user_id) | Q(for_all=True) | Q(unit_id__in=units_above(actor.user_id))
    )


def units_above(user_id: int) -> list[int]:
    """The ids of the unit a person works in and of all above it."""
    path = User.objects.filter(pk=user_id).values_list("unit__path", flat=True).first()
    return [int(part) for part in (path or "").split("/") if part]


def question_by_ref(actor: Actor, ref: str) -> SavedQuestion:
    found = saved_questions(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such question."))
    return found


@transaction.atomic
def keep_question(
    *, actor: Actor, now: datetime, name: str, address: str, share: str = "me"
) -> SavedQuestion:
    """Under a name of one's own; the same name again replaces the question."""
    require(actor, Right.READ_ANSWERS)
    user_id = _person(actor)
    kept = clean_name(name)
    if len(address) > LONGEST:
        raise Invalid(_("This question is too long to keep: take a filter out."))
    mine = SavedQuestion.objects.filter(owner_id=user_id)
    if not mine.filter(name=kept).exists() and mine.count() >= MOST:
        raise Invalid(_("You have two hundred questions: delete some first."))
    values = {"address": address, **sharing(user_id, share)}
    found, _created = SavedQuestion.objects.update_or_create(
        owner_id=user_id, name=kept, defaults=values, create_defaults={**values, "created_at": now}
    )
    return found


@transaction.atomic
def change_question(
    *, actor: Actor, question: SavedQuestion, name: str, share: str
) -> SavedQuestion:
    user_id, kept = _owned(actor, question), clean_name(name)
    others = SavedQuestion.objects.filter(owner_id=user_id).exclude(pk=question.pk)
    if others.filter(name=kept).exists():
        message = _("You have a question of this name.")
        raise Invalid(message, fields={"name": [message]})
    SavedQuestion.objects.filter(pk=question.pk).update(name=kept, **sharing(user_id, share))
    question.refresh_from_db()
    return question


@transaction.atomic
def delete_question(*, actor: Actor, question: SavedQuestion) -> None:
    """Refused while a dashboard of somebody else shows it: nothing vanishes under their eyes."""
    user_id = _owned(actor, question)
    if question.cards.exclude(dashboard__owner_id=user_id).exists():
        raise Conflict(
            _("A dashboard of somebody else shows this question: stop sharing it first.")
        )
    question.delete()


@transaction.atomic
def subscribe(
    *, actor: Actor, now: datetime, question: SavedQuestion, every: Every
) -> Subscription:
    """To any question one can open; again changes how often."""
    question_by_ref(actor, question.ref)
    found, _created = Subscription.objects.update_or_create(
        question=question,
        user_id=_person(actor),
        defaults={"every": every},
        create_defaults={"every": every, "created_at": now},
    )
    return found


@transaction.atomic
def unsubscribe(*, actor: Actor, question: SavedQuestion) -> None:
    Subscription.objects.filter(question=question, user_id=_person(actor)).delete()


def subscriptions(actor: Actor) -> dict[int, Every]:
    """How often, by the id of the question."""
    rows = Subscription.objects.filter(user_id=actor.user_id or 0)
    return {pk: Every(every) for pk, every in rows.values_list("question_id", "every")}


def due(today: date) -> Sequence[Subscription]:
    """Those to be sent this morning; each at most once a day."""
    wanted = Q(every=Every.MONTH) if today.day == 1 else Q(pk__in=[])
    if today.weekday() < 5:
        wanted |= Q(every=Every.DAY)
    if today.weekday() == 0:
        wanted |= Q(every=Every.WEEK)
    rows = Subscription.objects.filter(wanted, user__is_active=True)
    rows = rows.filter(Q(sent_at=None) | Q(sent_at__date__lt=today))
    return list(rows.select_related("question", "user").order_by("pk"))


def clean_name(name: str) -> str:
    kept = " ".join(name.split())[:80]
    if not kept:
        message = _("Give it a name.")
        raise Invalid(message, fields={"name": [message]})
    return kept


def sharing(user_id: int, share: str) -> dict[str, object]:
    """The columns that say who may open it."""
    if share not in SHARING:
        message = _("Choose who may open it.")
        raise Invalid(message, fields={"share": [message]})
    unit = None
    if share == "unit":
        unit = User.objects.filter(pk=user_id).values_list("unit_id", flat=True).first()
    return {"unit_id": unit, "for_all": share == "all"}


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise Forbidden(_("Only people keep questions."))
    return actor.user_id


def _owned(actor: Actor, question: SavedQuestion) -> int:
    """Somebody else's shared question is not theirs to change; a hidden one does not exist."""
    question_by_ref(actor, question.ref)
    if question.owner_id != actor.user_id:
        raise Forbidden(_("Only %(name)s can change it.") % {"name": question.owner})
    return _person(actor)
