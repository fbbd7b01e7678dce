"""How is a question said in the reader's language?"""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.rules import Actor
from loopwell.insights.asking import NOTHING, Against
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing.asked import TEXTS, Asked, Narrowed
from loopwell.insights.phrasing.naming import CUTS, GRAIN_NAMES, names_of_cuts, said_value
from loopwell.people.queries import properties
from loopwell.surveys.models import Survey

_PERIODS = {
    "7d": gettext_lazy("the last 7 days"),
    "30d": gettext_lazy("the last 30 days"),
    "90d": gettext_lazy("the last 90 days"),
    "12m": gettext_lazy("the last 12 months"),
    "month": gettext_lazy("this month"),
    "last_month": gettext_lazy("last month"),
    "quarter": gettext_lazy("this quarter"),
    "last_quarter": gettext_lazy("last quarter"),
    "year": gettext_lazy("this year"),
    "last_year": gettext_lazy("last year"),
    "all": gettext_lazy("all time"),
}
_AGAINST = {
    Against.PREVIOUS: gettext_lazy("against the time before"),
    Against.YEAR_BEFORE: gettext_lazy("against a year before"),
    Against.COMPANY: gettext_lazy("against the whole company"),
    Against.SEGMENT: gettext_lazy("against other answers"),
    Against.TARGET: gettext_lazy("against the target"),
    Against.COMPETITOR: gettext_lazy("against competitors"),
}


def title(asked: Asked) -> str:
    """Metric and cuts: “NPS by unit, by month”."""
    metric = str(METRICS[asked.metric].name)
    cuts = [_cut(dimension) for dimension in asked.by]
    if asked.grain:
        cuts.append(str(GRAIN_NAMES[asked.grain][1]))
    return f"{metric} {', '.join(cuts)}" if cuts else metric


def sentence(asked: Asked, actor: Actor) -> str:
    """The title with its period, filters and comparison."""
    parts = [title(asked), period_words(asked)]
    parts += [
        _("%(label)s: %(value)s") % {"label": label, "value": value}
        for _word, label, value in filter_words(asked.narrowed, actor)
    ]
    if words := against_words(asked):
        parts.append(words)
    return " · ".join(parts)


def period_words(asked: Asked) -> str:
    """The period as people say it."""
    if asked.period:
        return str(_PERIODS[asked.period])
    last = asked.end - timedelta(days=1) if asked.end else None
    start = date_format(asked.start, "DATE_FORMAT") if asked.start else "…"
    return f"{start} – {date_format(last, 'DATE_FORMAT') if last else '…'}"


def against_words(asked: Asked) -> str:
    if asked.against is None:
        return ""
    if asked.against is Against.COMPETITOR and asked.competitor:
        return _("against %(name)s") % {"name": asked.competitor}
    return str(_AGAINST[asked.against])


def against_choices() -> dict[Against, str]:
    return {against: str(words) for against, words in _AGAINST.items()}


def period_choices() -> dict[str, str]:
    return {period: str(words) for period, words in _PERIODS.items()}


def filter_words(narrowed: Narrowed, actor: Actor) -> list[tuple[str, str, str]]:
    """Each filter as the address' word (for taking it out), its label and its value."""
    if narrowed == Narrowed():
        return []
    labels = names_of_cuts()
    things = {name: getattr(narrowed, name) for name in ("unit", "employee", "account")}
    found = [(name, labels[name], thing.name) for name, thing in things.items() if thing]
    for name, word in TEXTS.items():
        if value := getattr(narrowed, name):
            found.append((word, labels[name], _value(name, value)))
    if narrowed.scores is not None:
        low, high = narrowed.scores
        said = str(low) if low == high else f"{low}–{high}"
        found.append(("score", labels["score"], said))
    for name in ("weekday", "hour"):
        number = getattr(narrowed, name)
        if number is not None:
            found.append((name, labels[name], said_value(name, str(number))))
    for name, value in narrowed.properties:
        said = _("not known") if value == NOTHING else value
        found.append((f"p_{name}", labels.get(f"property:{name}", name), said))
    return found


def _value(name: str, value: str) -> str:
    if name == "survey":
        return Survey.objects.filter(ref=value).values_list("name", flat=True).first() or value
    return said_value(name, value)


def _cut(dimension: str) -> str:
    if dimension in CUTS:
        return str(CUTS[dimension][1])
    name = dimension.removeprefix("property:")
    known = {each.name: each.label for each in properties()}
    return _("by “%(name)s”") % {"name": known.get(name, name)}
