"""Which further filters does Explore offer, and which values does each of them have?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.insights.asking import NOTHING, Question
from loopwell.insights.phrasing import (
    Asked,
    Choice,
    Thing,
    labels,
    names_of_cuts,
    said_value,
    values_of,
    word_of,
)
from loopwell.insights.questions import ask, can_be_asked

DIMENSIONS = ("survey", "programme", "channel", "source", "product", "language", "decision_role",
              "employee", "account")  # fmt: skip
"""Beside them every declared property; unit, kind and touchpoint have fields of their own."""
MOST = 200


@dataclass(frozen=True)
class Further:
    """One field: its word of the address, and what can be chosen, the most frequent first."""

    word: str
    label: str
    options: Sequence[Choice]


def further(asked: Asked, actor: Actor, now: datetime) -> list[Further]:
    """Only filters that the number heeds, and that have something to choose."""
    cuts = names_of_cuts()
    names = [*DIMENSIONS, *(name for name in cuts if name.startswith("property:"))]
    found = [
        _field(name, cuts[name], asked, actor, now)
        for name in names
        if can_be_asked(asked.metric, name)
    ]
    return [each for each in found if any(o.value not in ("", NOTHING) for o in each.options)]


def _field(dimension: str, label: str, asked: Asked, actor: Actor, now: datetime) -> Further:
    """Values as they are within all the other filters."""
    free = _without(dimension, asked)
    rows = ask(Question(asked.metric, (dimension,), "", free.filters(now)), actor)
    rows = sorted((row for row in rows if row.n), key=lambda row: -row.n)[:MOST]
    named = labels((dimension,), "", rows, actor)
    word = word_of(dimension)
    kept = asked.narrowed.words().get(word, "")
    options = [
        Choice(value, named[row.key][0], value == kept)
        for row, value in zip(rows, values_of(dimension, rows, actor), strict=True)
        if value
    ]
    if kept and not any(option.chosen for option in options):
        options.insert(0, Choice(kept, _said(dimension, kept, asked), True))
    return Further(word, label, [Choice("", _("any"), not kept), *options])


def _said(dimension: str, kept: str, asked: Asked) -> str:
    """A chosen value that the other filters leave without an answer."""
    thing = getattr(asked.narrowed, dimension, None)
    return thing.name if isinstance(thing, Thing) else said_value(dimension, kept)


def _without(dimension: str, asked: Asked) -> Asked:
    name = dimension.removeprefix("property:")
    if name != dimension:
        rest = tuple(pair for pair in asked.narrowed.properties if pair[0] != name)
        return asked.changed(properties=rest)
    nothing: Any = None if name in ("employee", "account") else ""
    return asked.changed(**{name: nothing})
