"""What came of a run over a file: counts, reasons, first examples?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from loopwell.people.operations.planning import State
from loopwell.people.rules.problems import Problem

EXAMPLES = 100
ALWAYS = (State.NEW, State.CHANGED, State.SAME, State.REFUSED)
"""Counted even when there is none; only interactions are ever held."""


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    number: int
    state: State
    problems: tuple[Problem, ...] = ()
    values: tuple[str, ...] = ()


@dataclass
class Report:
    """Counts by state and by reason, and the first problems with row, column and value."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ALWAYS, 0))
    reasons: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    examples: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extra: dict[str, int] = field(default_factory=dict)

    def count(self, states: Iterable[State]) -> None:
        for state, count in Counter(states).items():
            self.counts[state] = self.counts.get(state, 0) + count

    def explain(self, outcome: Outcome, columns: dict[str, str]) -> None:
        """Why it was refused, or what was odd about it."""
        for problem in outcome.problems:
            tally = self.warnings if problem.warning else self.reasons
            tally[problem.reason] = tally.get(problem.reason, 0) + 1
            if len(self.examples) < EXAMPLES:
                self.examples.append(
                    {
                        "row": outcome.number,
                        "column": columns.get(problem.field, problem.field),
                        "value": problem.value[:120],
                        "reason": problem.reason,
                        "warning": problem.warning,
                    }
                )

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "counts": {str(state): count for state, count in self.counts.items()},
            "reasons": self.reasons,
            "warnings": self.warnings,
            "examples": self.examples,
            "notes": self.notes,
            "extra": self.extra,
            "rows": self.rows,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Report":
        names = ("counts", "reasons", "warnings", "examples", "notes", "extra")
        return cls(**{name: data[name] for name in names})
