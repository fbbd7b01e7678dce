"""What can be chosen above the picture: numbers, cuts, times, filters, comparisons, pictures?"""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.console.answers import choices
from loopwell.console.answers.selection import read_selection
from loopwell.console.door import StaffRequest
from loopwell.insights.metrics import GROUPS, METRICS
from loopwell.insights.phrasing import (
    PICTURES,
    Asked,
    Choice,
    against_choices,
    cut_choices,
    period_choices,
    period_words,
)
from loopwell.insights.phrasing.naming import GRAIN_NAMES
from loopwell.insights.questions import can_be_asked

OWN = ("question", "second", "more")
"""Words of the page itself: the kept question that was opened, the second number of a scatter,
whether all filters are unfolded."""
FIELDS = (
    "metric", "by", "by2", "grain", "period", "from", "to", "unit", "kind", "touchpoint", "vs",
    "o_unit", "o_kind", "o_touchpoint", "competitor", "picture", "beside",
)  # fmt: skip


def second_of(query: QueryDict, asked: Asked) -> str:
    """The other number of a scatter: one that the same cut can be asked of. Unsaid, one of
    another group: a score against itself weighted is a line that tells nothing."""
    said = str(query.get("second", ""))
    known = [each.value for each in _seconds(asked, said)]
    if said in known:
        return said
    group = METRICS[asked.metric].group
    others = [slug for slug in known if METRICS[slug].group != group]
    return next(iter([*others, *known]), asked.metric)


def choices_for(
    request: StaffRequest, asked: Asked, second: str, now: datetime
) -> dict[str, list[Any]]:
    actor = request.actor
    return {
        "metric": _metrics(asked.metric),
        "by": [Choice("", _("All together"), not asked.cut), *cut_choices(asked.metric, asked.cut)],
        "by2": [
            Choice("", _("No second cut"), not asked.cut2),
            *(c for c in cut_choices(asked.metric, asked.cut2) if c.value != asked.cut),
        ],
        "grain": [
            Choice("", _("The whole time"), not asked.grain),
            *(Choice(g, str(by), g == asked.grain) for g, (_n, by) in GRAIN_NAMES.items()),
        ],
        "period": _periods(asked),
        "vs": _against(asked),
        "picture": _pictures(asked),
        "second": _seconds(asked, second),
        **_filters(asked.narrowed.words(), asked.metric, actor, now, ""),
        **_filters(asked.other.words(), asked.metric, actor, now, "o_"),
    }


def hidden_words(asked: Asked) -> dict[str, str]:
    """Filters that the form has no field for, kept as they are."""
    return {word: text for word, text in asked.words().items() if word not in FIELDS}


def _metrics(chosen: str) -> list[tuple[str, list[Choice]]]:
    found = [
        (
            str(name),
            [
                Choice(each.slug, str(each.name), each.slug == chosen)
                for each in METRICS.values()
                if each.group == group
            ],
        )
        for group, name in GROUPS.items()
    ]
    return [(name, options) for name, options in found if options]


def _periods(asked: Asked) -> list[Choice]:
    found = [Choice(each, words, each == asked.period) for each, words in period_choices().items()]
    if asked.period:
        return found
    return [Choice("", period_words(asked), True), *found]


def _against(asked: Asked) -> list[Choice]:
    chosen = asked.against or ""
    found = [Choice("", _("Compare with nothing"), not chosen)]
    return found + [Choice(a.value, w, a == chosen) for a, w in against_choices().items()]


def _pictures(asked: Asked) -> list[Choice]:
    names = {
        "scatter": _("Two numbers as dots"),
        "distribution": _("Scores 0 to 10, now and before"),
        "table": _("Only the table"),
    }
    found = [Choice("", _("The picture that fits"), asked.picture not in names)]
    return found + [
        Choice(name, names[name], name == asked.picture) for name in PICTURES if name in names
    ]


def _seconds(asked: Asked, chosen: str) -> list[Choice]:
    return [
        Choice(each.slug, str(each.name), each.slug == chosen)
        for each in METRICS.values()
        if each.slug != asked.metric
        and all(can_be_asked(each.slug, dimension) for dimension in asked.by)
    ]


def _filters(
    words: dict[str, str], metric: str, actor: Actor, now: datetime, prefix: str
) -> dict[str, list[Any]]:
    query = QueryDict(mutable=True)
    query.update({word: words[word] for word in ("unit", "kind", "touchpoint") if word in words})
    selection = read_selection(query, actor, now)
    found: dict[str, list[Any]] = {f"{prefix}unit": choices.units(actor, selection)}
    if can_be_asked(metric, "kind"):
        found[f"{prefix}kind"] = choices.kinds(selection)
    if can_be_asked(metric, "touchpoint"):
        found[f"{prefix}touchpoint"] = choices.touchpoints_of(actor, selection)
    return found
