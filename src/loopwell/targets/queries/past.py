"""What did targets aim at on a day that is past, and were they changed after it?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.timezone import make_aware

from loopwell.journal.models import Entry
from loopwell.journal.queries import timeline
from loopwell.targets.models import Target


@dataclass(frozen=True)
class Aimed:
    """The value in force on the day; `changed_at` is when it got another one afterwards, or, with
    `set_later`, when it was set at all: then the value is the one of today."""

    value: float
    changed_at: datetime | None = None
    set_later: bool = False


def aimed_on(targets: Iterable[Target], day: date) -> Mapping[int, Aimed]:
    """By the target's key, as things were on the morning of the day; one query for those that were
    touched since, none where there are none."""
    return _aimed([(target, day) for target in targets])


def aimed_at_end(targets: Iterable[Target]) -> Mapping[int, Aimed]:
    """The same, each as it was when its own stretch of time ended, or is now if it still runs."""
    return _aimed([(target, target.end) for target in targets])


def _aimed(wanted: Sequence[tuple[Target, date]]) -> Mapping[int, Aimed]:
    mornings = {target.pk: make_aware(datetime.combine(day, time())) for target, day in wanted}
    entries = _entries([target for target, _day in wanted if target.set_at >= mornings[target.pk]])
    return {
        target.pk: _before(target, entries[target.pk], mornings[target.pk])
        if target.pk in entries
        else Aimed(target.value)
        for target, _day in wanted
    }


def _before(target: Target, entries: Sequence[Entry], morning: datetime) -> Aimed:
    later = [entry for entry in entries if entry.at >= morning]
    earlier = [entry for entry in entries if entry.at < morning]
    value = earlier[-1].payload["value"] if earlier else later[0].payload["was"] if later else None
    if value is None:
        return Aimed(target.value, target.set_at, set_later=True)
    return Aimed(value, None if value == target.value else target.set_at)


def _entries(targets: Sequence[Target]) -> Mapping[int, Sequence[Entry]]:
    """What set each of them, the oldest first; nothing for one that came without the journal."""
    found: dict[int, list[Entry]] = {target.pk: [] for target in targets}
    if targets:
        for entry in timeline("target", list(found)).filter(type="target.set"):
            found[entry.subject_id].append(entry)
    return found
