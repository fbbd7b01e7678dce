"""What does every section of a home page read from? Numbers are read once, and only if wanted."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases.enums import Tab
from loopwell.cases.queries import counts
from loopwell.console.answers.selection import Selection, read_selection, today
from loopwell.console.door import StaffRequest
from loopwell.console.home.board import Board, board
from loopwell.console.home.groups import Group, by_unit


@dataclass
class Page:
    """One visit of a home page."""

    request: StaffRequest
    now: datetime
    home: str

    @property
    def actor(self) -> Actor:
        return self.request.actor

    @cached_property
    def today(self) -> date:
        return today(self.now)

    @cached_property
    def selection(self) -> Selection:
        found = read_selection(self.request.GET, self.actor, self.now)
        return replace(found, category="", score=None, weekday=None, comment=False, text="")

    @cached_property
    def board(self) -> Board:
        return board(self.actor, self.selection, self.today)

    @property
    def every(self) -> bool:
        return self.request.GET.get("level") == "every"

    @cached_property
    def units(self) -> list[Group]:
        return by_unit(self.actor, self.selection, every=self.every)

    @cached_property
    def case_counts(self) -> dict[Tab, int]:
        return counts(self.actor, now=self.now)

    @property
    def sees_cases(self) -> bool:
        return self.actor.may(Right.READ_CASES)

    @property
    def sees_customers(self) -> bool:
        return self.actor.may(Right.READ_CUSTOMERS)
