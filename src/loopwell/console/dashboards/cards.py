"""What does one card show: its title, its picture or words, and where it leads?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.console.dashboards import health
from loopwell.console.dashboards.drawing import Drawn, draw
from loopwell.console.dashboards.filtering import Wanted, asked_by
from loopwell.console.explore.pictures import picture_of
from loopwell.insights.comparing import NoReference
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import Asked, filter_words, period_words, title
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.kit.errors import ExpectedError

CHOSEN = ("scatter", "distribution")
"""Pictures that Explore knows beside those that fit."""


@dataclass(frozen=True)
class Shown:
    """A card to be rendered with `template`; `trouble` says why it cannot be."""

    title: str
    template: str
    width: int
    context: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    facts: Sequence[str] = ()
    trouble: str = ""


def shown_card(wanted: Wanted, filters: Mapping[str, str], actor: Actor, now: datetime) -> Shown:
    """Never fails for what the reader may not or cannot see: the card says so."""
    if text := wanted.own("text"):
        return Shown(wanted.title, "console/dashboards/_text.html", wanted.width, {"text": text})
    asked = asked_by(wanted, filters, actor, now)
    panel = wanted.own("panel")
    name = wanted.title or (health.title(panel) if panel in health.PANELS else title(asked))
    second = wanted.own("second")
    try:
        if panel in health.PANELS:
            found = health.context(panel, asked, actor, now)
            template = health.template(panel)
            facts = health.facts(panel, asked, _facts(asked, actor))
            return Shown(name, template, wanted.width, found, "", facts)
        context = {"drawn": _drawn(asked, second, actor, now), "metric": METRICS[asked.metric]}
    except (WarehouseUnavailable, NoReference, ExpectedError) as error:
        words = _nothing_to_compare() if isinstance(error, NoReference) else str(error)
        return Shown(name, "", wanted.width, trouble=words, url=explore_url(asked, second))
    return Shown(
        name, "console/dashboards/_drawn.html", wanted.width, context, explore_url(asked, second),
        _facts(asked, actor),
    )  # fmt: skip


def _drawn(asked: Asked, second: str, actor: Actor, now: datetime) -> Drawn:
    """As Explore draws it where somebody chose a picture there, else what fits a card."""
    if asked.picture == "table":
        return replace(draw(asked, actor, now), picture="")
    if asked.picture not in CHOSEN or (asked.picture == "scatter" and second not in METRICS):
        return draw(asked, actor, now)
    found = picture_of(asked, second, actor, now)
    behind = asked.changed(picture="")
    if asked.picture == "distribution":
        behind = behind.changed(metric="answers", by=("score",), grain="")
    return Drawn(
        found.kind, found.data, draw(behind, actor, now).rows, found.left, sentence=found.sentence
    )


def _nothing_to_compare() -> str:
    return _("There is nothing yet that this could be held against.")


def _facts(asked: Asked, actor: Actor) -> list[str]:
    """Period and filters of this card, and the filters that it cannot heed."""
    said = [period_words(asked)]
    said += [f"{label}: {value}" for _word, label, value in filter_words(asked.narrowed, actor)]
    if asked.problems:
        said.append(_("not narrowed by all filters: its number does not know them"))
    return said


def explore_url(asked: Asked, second: str = "") -> str:
    words = asked.words() | ({"second": second} if second else {})
    return f"{reverse('explore:index')}?{urlencode(words)}"
