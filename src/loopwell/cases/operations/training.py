"""How is training written, and how does somebody say that they went through it?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Completion, Training
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid


@transaction.atomic
def save_training(
    *,
    actor: Actor,
    now: datetime,
    texts: Mapping[str, Mapping[str, str]],
    roles: Sequence[Role] = (),
    link: str = "",
    training: Training | None = None,
    new_edition: bool = False,
) -> Training:
    """A new one, whose people are told, or a change; a new edition asks everybody again."""
    require(actor, Right.RUN_SURVEYS)
    kept = {
        code: {"title": words.get("title", "").strip()[:150], "body": words.get("body", "").strip()}
        for code, words in texts.items()
        if code in dict(settings.LANGUAGES) and words.get("title", "").strip()
    }
    if not kept:
        message = _("Give it a title in one language at least.")
        raise Invalid(message, fields={"title": [message]})
    if link and not link.startswith(("https://", "http://")):
        message = _("Give the whole address, beginning with https://.")
        raise Invalid(message, fields={"link": [message]})
    saved = training or Training(position=Training.objects.count() + 1)
    saved.texts, saved.roles, saved.link = kept, sorted(role.value for role in roles), link
    if training is not None and new_edition:
        saved.edition += 1
    saved.updated_at = now
    saved.save()
    asks = training is None or new_edition
    people = _people(saved) - {actor.user_id} if asks else set()
    _told(actor, now, saved, "training.asked" if asks else "training.changed", sorted(people))
    return saved


def _people(training: Training) -> set[int]:
    rows = User.objects.filter(is_active=True, memberships__isnull=False)
    if training.roles:
        rows = rows.filter(memberships__role__in=training.roles)
    return set(rows.values_list("pk", flat=True))


@transaction.atomic
def retire_training(*, actor: Actor, now: datetime, training: Training) -> Training:
    """Nobody is asked any more, and rules that required it give cases to everybody again."""
    require(actor, Right.RUN_SURVEYS)
    if training.retired_at is None:
        training.retired_at = now
        training.save(update_fields=["retired_at"])
        training.rules.update(training=None)
        _told(actor, now, training, "training.retired", [])
    return training


@transaction.atomic
def complete_training(*, actor: Actor, now: datetime, training: Training) -> Completion:
    """The actor says so themselves; once for each edition."""
    if actor.user_id is None:
        raise Forbidden(_("Only people are trained."))
    done, is_new = Completion.objects.get_or_create(
        training=training, user_id=actor.user_id, edition=training.edition, defaults={"at": now}
    )
    if is_new:
        _told(actor, now, training, "training.completed", [])
    return done


def _told(actor: Actor, now: datetime, row: Training, what: str, people: Sequence[int]) -> None:
    payload = {"training": row.pk, "tell": list(people)}
    append(actor=actor, now=now, events=[Event(what, "training", row.pk, payload)])
