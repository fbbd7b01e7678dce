"""How do the model and rules read all comments in the background, and when does it learn?"""

from datetime import datetime, timedelta
from typing import Any

from loopwell.access.rules import SYSTEM
from loopwell.jobs.operations import enqueue
from loopwell.jobs.rules import PermanentFailure, Running, job, recurring
from loopwell.kit.errors import Invalid
from loopwell.themes.operations.asking import KIND, ask_about
from loopwell.themes.operations.modelling import train_coder
from loopwell.themes.operations.reading import read_history
from loopwell.themes.operations.ruling import read_history_of
from loopwell.themes.queries.model import codings_wanted, versions
from loopwell.themes.queries.ruled import HISTORY


@job("themes.train", apart=True)
def train(running: Running, now: datetime) -> dict[str, Any]:
    """Whoever started it was asked for the right then."""
    try:
        made = train_coder(actor=SYSTEM, now=now)
    except Invalid as error:
        raise PermanentFailure(str(error)) from error
    return {"version": made.pk, "is_used": made.is_used}


@job("themes.read_history")
def read_all(running: Running, now: datetime) -> dict[str, Any]:
    return {"changed": read_history(now, running.progress)}


@job(KIND)
def ask_language_model(running: Running, now: datetime) -> dict[str, Any]:
    return {"found": ask_about(running.args["responses"], now)}


@job(HISTORY)
def read_by_changed_rules(running: Running, now: datetime) -> dict[str, Any]:
    return {"changed": read_history_of(running.args["theme"], now, running.progress)}


@recurring("themes.learn", every=timedelta(hours=1))
def learn_by_itself(now: datetime) -> None:
    """As soon as enough codings came since it learnt last, or ever; one job a version."""
    if codings_wanted() == 0:
        newest = versions()[:1]
        key = f"themes.train:{newest[0].pk if newest else 'first'}"
        enqueue(kind="themes.train", args={}, actor=SYSTEM, now=now, dedupe_key=key)
