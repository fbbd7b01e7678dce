"""Which file does payroll get? A line for each person, harmless in every spreadsheet."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from loopwell.console.targets import words
from loopwell.targets.queries.bonuses import Effect
from loopwell.targets.rules import Outcome, Stretch


def rows(plan: Any, stretch: Stretch, found: Sequence[Effect]) -> list[Sequence[object]]:
    return [_header(), *_lines(plan, stretch, found)]


def _header() -> Sequence[object]:
    return (
        _("Plan"), _("Period begins"), _("Period ends"), _("Unit"), _("Unit’s own id"),
        _("Person"), _("E-mail"), _("Number"), _("Target"), _("Value"), _("Lowest"), _("Highest"),
        _("Answers"), _("Outcome"), _("Miss within the margin"), _("Counted against target"),
        _("Part of pay, %"), _("Paid of the part, %"), _("Paid of pay, %"), _("Target afterwards"),
    )  # fmt: skip


def _lines(plan: Any, stretch: Stretch, found: Sequence[Effect]) -> Iterator[Sequence[object]]:
    names = {
        Outcome.MET: _("met"),
        Outcome.WITHIN: _("missed within the margin"),
        Outcome.MISSED: _("missed"),
        Outcome.UNKNOWN: _("not known"),
    }
    share, last_day = float(plan.share), stretch.end - timedelta(days=1)
    for effect in found:
        row = effect.row
        for person in effect.people:
            yield (
                plan.name, stretch.start.isoformat(), last_day.isoformat(),
                str(effect.unit), effect.unit.external_id, person.name, person.email,
                words.metric_words(plan.metric), effect.aimed.value if effect.aimed else None,
                _rounded(row.value if row else None), _rounded(row.low if row else None),
                _rounded(row.high if row else None), row.n if row else 0, names[effect.outcome],
                plan.get_within_margin_display(), _rounded(effect.counted), share, effect.pays,
                None if effect.pays is None else round(share * effect.pays / 100, 4),
                words.later_words(effect.target, effect.aimed),
            )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
