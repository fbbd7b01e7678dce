"""What does one card show: its title, its picture or words, and where it leads?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.console.dashboards import health
from loopwell.console.dashboards.drawing import draw
from loopwell.console.dashboards.filtering import Wanted, asked_by
from loopwell.insights.comparing import NoReference
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import Asked, filter_words, period_words, title
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.kit.errors import ExpectedError


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
    try:
        if panel in health.PANELS:
            found = health.context(panel, asked, actor, now)
            template, facts = health.template(panel), _facts(asked, actor)
            return Shown(name, template, wanted.width, found, "", facts)
        context = {"drawn": draw(asked, actor, now), "metric": METRICS[asked.metric]}
    except (WarehouseUnavailable, NoReference, ExpectedError) as error:
        words = _nothing_to_compare() if isinstance(error, NoReference) else str(error)
        return Shown(name, "", wanted.width, trouble=words, url=explore_url(asked))
    return Shown(
        name, "console/dashboards/_drawn.html", wanted.width, context, explore_url(asked),
        _facts(asked, actor),
    )  # fmt: skip


def _nothing_to_compare() -> str:
    return _("There is nothing yet that this could be held against.")


def _facts(asked: Asked, actor: Actor) -> list[str]:
    """Period and filters of this card, and the filters that it cannot heed."""
    said = [period_words(asked)]
    said += [f"{label}: {value}" for _word, label, value in filter_words(asked.narrowed, actor)]
    if asked.problems:
        said.append(_("not narrowed by all filters: its number does not know them"))
    return said


def explore_url(asked: Asked) -> str:
    try:
        return f"{reverse('explore:index')}?{asked.to_query()}"
    except NoReverseMatch:
        return ""
