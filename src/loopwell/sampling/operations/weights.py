"""How do the answers of a sending come to mirror its customer base?"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.raking import NothingToWeight, Raked, rake
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Invalid
from loopwell.sampling.models import Invitation, Wave, Weighting
from loopwell.sampling.operations.checks import check_wave
from loopwell.sampling.queries.plans import candidates_of
from loopwell.sampling.queries.pools import Pool
from loopwell.sampling.queries.quotas import group_of_invitation

MOST_WEIGHT = 5.0
AT_ONCE = 2_000
EXTREMES = 5
Cell = tuple[str, ...]


@transaction.atomic
def weight_wave(
    *,
    actor: Actor,
    wave: Wave,
    properties: Sequence[str],
    now: datetime,
    cap: float = MOST_WEIGHT,
) -> Weighting:
    """Weights so that the answers have the shares of all candidates in each of `properties`
    ("unit" too); made anew each time, so call it again when more have answered.

    The base are the customers the sending looks at, as they are now; the answers count with
    what was true when they were asked. No weight is above `cap` times the mean.
    """
    check_wave(actor, wave)
    names = list(dict.fromkeys(name for name in properties if name))
    if not names:
        message = _("Choose at least one property to weight by.")
        raise Invalid(message, fields={"properties": [message]})
    cells = _answered(wave, names)
    answers = [dict(zip(names, cell, strict=True)) for cell, ids in cells.items() for _pk in ids]
    targets = {name: _base(wave, name) for name in names}
    try:
        raked = rake(answers, targets, cap=cap)
    except NothingToWeight as error:
        message = _("Nobody has answered yet from whom weights could be made.")
        raise Invalid(message, fields={"properties": [message]}) from error
    except ValueError as error:
        message = _("A weight may be at most a number above 1 times the mean.")
        raise Invalid(message, fields={"cap": [message]}) from error
    by_cell = _store(wave, cells, raked)
    made, _new = Weighting.objects.update_or_create(
        wave=wave,
        defaults={
            "properties": names,
            "targets": _shares(targets),
            "report": _report(raked, by_cell, cells, names, cap),
            "made_by_id": actor.user_id,
            "made_at": now,
        },
    )
    append(actor=actor, now=now, events=[Event("wave.weighted", "wave", wave.pk)])
    return made


def _answered(wave: Wave, names: Sequence[str]) -> dict[Cell, list[int]]:
    """Invitations that were answered, by the values that are weighted by."""
    rows = Invitation.objects.filter(wave=wave, is_test=False, answered_at__isnull=False)
    named = {f"g{number}": group_of_invitation(name) for number, name in enumerate(names)}
    cells: dict[Cell, list[int]] = defaultdict(list)
    for pk, *values in rows.order_by("pk").annotate(**named).values_list("pk", *named):
        cells[tuple(values)].append(pk)
    return cells


def _base(wave: Wave, name: str) -> dict[Hashable, float]:
    rows = candidates_of(wave)
    grouped = rows.order_by().annotate(grouped=Pool(rows, 0).group(name))
    return {
        value: float(number)
        for value, number in grouped.values_list("grouped").annotate(number=Count("pk"))
    }


def _shares(targets: dict[str, dict[Hashable, float]]) -> dict[str, dict[str, float]]:
    return {
        name: {str(value): round(number / sum(base.values()), 6) for value, number in base.items()}
        for name, base in targets.items()
    }


def _store(wave: Wave, cells: dict[Cell, list[int]], raked: Raked) -> dict[Cell, float]:
    """Answers of one cell weigh the same."""
    invitations = Invitation.objects.filter(wave=wave)
    invitations.exclude(weight=None).update(weight=None)
    weights: dict[Cell, float] = {}
    at = 0
    for cell, ids in cells.items():
        weights[cell] = round(float(raked.weights[at]), 6)
        at += len(ids)
        for start in range(0, len(ids), AT_ONCE):
            invitations.filter(pk__in=ids[start : start + AT_ONCE]).update(weight=weights[cell])
    return weights


def _report(
    raked: Raked,
    by_cell: dict[Cell, float],
    cells: dict[Cell, list[int]],
    names: Sequence[str],
    cap: float,
) -> dict[str, Any]:
    order = sorted(by_cell, key=lambda cell: (by_cell[cell], cell))
    sizes = Counter({cell: len(ids) for cell, ids in cells.items()})

    def told(cell: Cell) -> dict[str, Any]:
        values = dict(zip(names, cell, strict=True))
        return {"values": values, "weight": by_cell[cell], "answers": sizes[cell]}

    return {
        "answers": len(raked.weights),
        "smallest": by_cell[order[0]],
        "largest": by_cell[order[-1]],
        "cap": cap,
        "trimmed": raked.trimmed,
        "effect": round(raked.effect, 4),
        "effective": round(raked.effective, 1),
        "rounds": raked.rounds,
        "converged": raked.converged,
        "error": round(raked.error, 6),
        "empty": [[name, str(value)] for name, value in raked.empty],
        "unknown": [[name, str(value)] for name, value in raked.unknown],
        "heaviest": [told(cell) for cell in reversed(order[-EXTREMES:])],
        "lightest": [told(cell) for cell in order[:EXTREMES]],
    }
