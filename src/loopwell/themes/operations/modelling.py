"""How does the model learn from what people coded, and which version reads the comments?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.kit.errors import Conflict
from loopwell.themes.learning import learn
from loopwell.themes.learning.accuracy import Accuracy, read_accuracy
from loopwell.themes.learning.keeping import save
from loopwell.themes.models import CoderVersion
from loopwell.themes.queries.examples import coded_examples
from loopwell.themes.queries.model import embed_to_learn

SLIGHTLY = 0.01
"""A new version may be this much worse (F1) and still be used by itself: that is noise."""
KEPT = 10
"""Versions that are kept; older ones go, unless in use."""


def ask_for_training(*, actor: Actor, now: datetime) -> Job:
    """The model learns soon, in the background."""
    require(actor, Right.RUN_SURVEYS)
    return enqueue(kind="themes.train", args={}, actor=actor, now=now, max_attempts=2)


def train_coder(*, actor: Actor, now: datetime) -> CoderVersion:
    """A new version; used at once when there is none or when it is not worse than the one in use.

    Learns outside a transaction, some seconds for thousands of comments. Raises Invalid when
    there is too little to learn from.
    """
    require(actor, Right.RUN_SURVEYS)
    coder = learn(coded_examples(), embed=embed_to_learn())
    with transaction.atomic():
        made = CoderVersion.objects.create(
            trained_at=now, trained_by_id=actor.user_id, comments=coder.comments,
            state=save(coder),
            accuracy={**coder.accuracy.as_dict(), "too_few": dict(coder.too_few)},
        )  # fmt: skip
        used = CoderVersion.objects.filter(is_used=True).first()
        if used is None or is_not_worse(coder.accuracy, read_kept(used)):
            use_version(actor=actor, now=now, version=made)
        _drop_old()
    return made


@transaction.atomic
def use_version(*, actor: Actor, now: datetime, version: CoderVersion) -> Job:
    """This version reads what comes and, in the background, all comments there are."""
    require(actor, Right.RUN_SURVEYS)
    if version.is_used:
        raise Conflict(_("This version is in use already."))
    CoderVersion.objects.filter(is_used=True).update(is_used=False)
    version.is_used = True
    version.save(update_fields=["is_used"])
    return enqueue(kind="themes.read_history", args={}, actor=actor, now=now)


@transaction.atomic
def stop_model(*, actor: Actor, now: datetime) -> Job:
    """No version reads; what the model had found is taken back in the background."""
    require(actor, Right.RUN_SURVEYS)
    if not CoderVersion.objects.filter(is_used=True).update(is_used=False):
        raise Conflict(_("No version is in use."))
    return enqueue(kind="themes.read_history", args={}, actor=actor, now=now)


def is_not_worse(new: Accuracy, old: Accuracy) -> bool:
    return new.macro_f1 >= old.macro_f1 - SLIGHTLY


def read_kept(version: CoderVersion) -> Accuracy:
    return read_accuracy(version.accuracy)


def _drop_old() -> None:
    kept = CoderVersion.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    CoderVersion.objects.exclude(pk__in=list(kept)).exclude(is_used=True).delete()
