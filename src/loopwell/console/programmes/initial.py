"""How does a programme fill the form that changes it?"""

from collections.abc import Iterable, Mapping
from typing import Any

from loopwell.console.programmes.forms import HOURS_A_DAY, IN_MINUTES, QUOTA_ROWS
from loopwell.console.programmes.whom import filter_initial
from loopwell.sampling.rules import ProgrammeDraft, QuotaDraft


def initial_of(draft: ProgrammeDraft, survey_ref: str) -> dict[str, Any]:
    """The fields of ProgrammeForm as they were chosen."""
    amount, unit = _delay(draft.delay_minutes)
    return {
        "survey": survey_ref,
        "name": draft.name,
        "channel": draft.channel,
        "other_languages": draft.other_languages,
        "reminders": ", ".join(str(day) for day in draft.reminders),
        "open_for_days": draft.open_for_days,
        "strata": draft.strata,
        "cycle_days": draft.cycle_days,
        "touchpoints": [*draft.touchpoints],
        "delay": amount,
        "delay_unit": unit,
        "expires_days": max(1, draft.expires_hours // HOURS_A_DAY),
        "share": draft.share,
        "product": draft.about.product,
        **filter_initial(draft.wanted),
        **_quotas(draft.quotas),
        **_reasons(dict(draft.exceptions)),
    }


def _delay(minutes: int) -> tuple[int, str]:
    """In the largest unit that needs no fraction."""
    for unit in ("days", "hours"):
        if minutes and minutes % IN_MINUTES[unit] == 0:
            return minutes // IN_MINUTES[unit], unit
    return minutes, "minutes"


def _quotas(quotas: Iterable[QuotaDraft]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row, quota in zip(QUOTA_ROWS, quotas, strict=False):
        found |= {
            f"most_{row}": quota.most,
            f"period_{row}": quota.period,
            f"each_{row}": quota.each,
        }
    return found


def _reasons(exceptions: Mapping[Any, str]) -> dict[str, str]:
    return {f"why_{after}": reason for after, reason in exceptions.items()}
