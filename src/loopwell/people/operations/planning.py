"""What would saving these drafts do: new, changed, the same, or refused and why?

Nothing is written here, so that a trial and the import itself cannot differ.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from loopwell.people.models import Account, Customer, Interaction
from loopwell.people.rules.drafts import AccountDraft, CustomerDraft
from loopwell.people.rules.problems import Problem

Draft = TypeVar("Draft", CustomerDraft, AccountDraft)
Thing = TypeVar("Thing", Customer, Account)


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    HELD = "held"
    REFUSED = "refused"


@dataclass
class Plan(Generic[Draft, Thing]):
    """One draft, the row it becomes, and what is wrong with it."""

    draft: Draft
    thing: Thing | None = None
    state: State = State.REFUSED
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.state = State.REFUSED

    @property
    def is_refused(self) -> bool:
        return any(not problem.warning for problem in self.problems)


def assign(thing: Customer | Account | Interaction, values: dict[str, object]) -> bool:
    """Sets what differs; whether anything did."""
    changed = False
    for name, value in values.items():
        if getattr(thing, name) != value:
            setattr(thing, name, value)
            changed = True
    return changed


def merged(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """Properties after a change: new values win, empty ones remove."""
    return {name: value for name, value in {**old, **new}.items() if value != ""}
