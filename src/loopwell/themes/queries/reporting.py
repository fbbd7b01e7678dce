"""How often is a theme reported by other ways than answers, and which theme does a file mean?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Min, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor
from loopwell.people.rules.problems import Problem
from loopwell.themes.enums import ReportWay
from loopwell.themes.models import Report, Theme
from loopwell.themes.queries.taxonomy import with_below


class Themes:
    """Every theme by slug and by its names in all languages, read once a run."""

    def __init__(self) -> None:
        found = list(Theme.objects.select_related("merged_into").order_by("retired_at", "pk"))
        self._by_slug = {each.slug: _living(each) for each in found}
        self._by_name: dict[str, set[Theme]] = {}
        for each in found:
            for name in each.names.values():
                self._by_name.setdefault(_folded(str(name)), set()).add(_living(each))

    def find(self, text: str) -> Theme | Problem:
        """One merged means the one it became; one of several of a name is not guessed."""
        if (found := self._by_slug.get(text.strip().lower())) is not None:
            return found
        named = self._by_name.get(_folded(text), set())
        if len(named) == 1:
            return next(iter(named))
        if named:
            slugs = ", ".join(sorted(each.slug for each in named))
            reason = _("several themes have this name: write the short name of one (%(slugs)s)")
            return Problem(reason % {"slugs": slugs}, "theme", text)
        reason = _("no theme of this name or short name: add it to the taxonomy, or correct it")
        return Problem(reason, "theme", text)


def _living(theme: Theme) -> Theme:
    seen = {theme.pk}
    while theme.merged_into is not None and theme.merged_into.pk not in seen:
        theme = theme.merged_into
        seen.add(theme.pk)
    return theme


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


def units_to_report_for(actor: Actor) -> QuerySet[Unit]:
    return units_within(actor.within(Right.IMPORT_DATA))


def reports(actor: Actor) -> QuerySet[Report]:
    """Of the units whose answers the actor may read."""
    rows = Report.objects.filter(actor.within(Right.READ_ANSWERS).rows())
    return rows.select_related("theme", "unit").order_by("-on", "theme__position", "pk")


def reported(
    actor: Actor, theme: Theme, start: date | None, end: date | None, unit_path: str = ""
) -> dict[str, int]:
    """By way, how often it, or one under it, was reported in a time in these units.

    A way that never told anything of the theme there is left out: that nothing came in is only
    known where something is told at all. A month's count stands on its first day.
    """
    rows = reports(actor).filter(theme__slug__in=with_below(theme.slug))
    rows = rows.filter(unit__path__startswith=unit_path).order_by()
    ways = set(rows.values_list("way", flat=True).distinct())
    told = dict(_between(rows, start, end).values_list("way").annotate(n=Sum("count")))
    return {way: told.get(way) or 0 for way in ReportWay.values if way in ways}


def complaints_by_theme(
    actor: Actor, start: date | None, end: date | None, unit_path: str = ""
) -> dict[str, int]:
    """By slug of every theme that ever had a complaint told: how many came in this time."""
    rows = reports(actor).filter(way=ReportWay.COMPLAINTS, unit__path__startswith=unit_path)
    known = rows.order_by().values_list("theme__slug", flat=True).distinct()
    within = _between(rows, start, end).order_by()
    told = dict(within.values_list("theme__slug").annotate(n=Sum("count")))
    return {slug: told.get(slug) or 0 for slug in known}


def _between(rows: QuerySet[Report], start: date | None, end: date | None) -> QuerySet[Report]:
    if start:
        rows = rows.filter(on__gte=start)
    return rows.filter(on__lt=end) if end else rows


@dataclass(frozen=True)
class Told:
    """What one way tells of one theme: by month, and in all."""

    theme: Theme
    way: str
    months: dict[date, int]
    first: date
    last: date

    @property
    def total(self) -> int:
        return sum(self.months.values())

    @property
    def way_label(self) -> str:
        return str(ReportWay(self.way).label)


def told_by_theme(actor: Actor, start: date | None = None) -> list[Told]:
    """Every theme and way, the most reported first; `months` from `start` on."""
    rows = _between(reports(actor), start, None).order_by()
    ends = rows.values("theme", "way").annotate(first=Min("on"), last=Max("on"))
    months: dict[tuple[int, str], dict[date, int]] = {}
    for row in rows.values("theme", "way", month=TruncMonth("on")).annotate(n=Sum(F("count"))):
        months.setdefault((row["theme"], row["way"]), {})[row["month"]] = row["n"]
    themes = Theme.objects.in_bulk({row["theme"] for row in ends})
    found = [
        Told(themes[row["theme"]], row["way"], months[row["theme"], row["way"]], row["first"],
             row["last"])
        for row in ends
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.way, -each.total, each.theme.pk))


def counts_known(themes: Collection[int], units: Collection[int], days: Collection[date]) -> Any:
    """By theme, unit, way and day what is kept: for telling what a file would change."""
    rows = Report.objects.filter(theme__in=themes, unit__in=units, on__in=days)
    return {(row.theme_id, row.unit_id, row.way, row.on): row.count for row in rows}
