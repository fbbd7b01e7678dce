"""How did an issue get where it is, in words?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from loopwell.huddles.enums import IssueState
from loopwell.huddles.queries.evidence import StepLine

ICONS = {
    IssueState.NEW: "flag",
    IssueState.ASKED: "help-circle",
    IssueState.ACCEPTED: "tool",
    IssueState.ANSWERED: "circle-check",
    IssueState.JOINED: "git-merge",
}


@dataclass(frozen=True)
class Moment:
    icon: str
    words: str
    text: str
    at: datetime


def timeline(steps: Iterable[StepLine]) -> list[Moment]:
    """What a step was follows from those before it."""
    found: list[Moment] = []
    before: list[StepLine] = []
    for each in steps:
        replied = _is_reply(before, each)
        words = _("%(name)s replied") if replied else _words(before, each.state)
        icon = "message-2" if replied else ICONS[each.state]
        who = {"name": each.who or _("Somebody")}
        found.append(Moment(icon, words % who, each.text, each.at))
        before.append(each)
    return found


def _is_reply(before: Sequence[StepLine], step: StepLine) -> bool:
    """After a question: it is new again, or in work as it was, and not by the office."""
    if not before or before[-1].state != IssueState.ASKED:
        return False
    office = {each.by_id for each in before if each.state != IssueState.NEW}
    was_at_work = any(each.state == IssueState.ACCEPTED for each in before)
    in_work = step.state == IssueState.ACCEPTED and was_at_work and step.by_id not in office
    return step.state == IssueState.NEW or in_work


def _words(before: Sequence[StepLine], state: IssueState) -> str:
    if not before:
        return _("%(name)s raised the issue")
    if state == IssueState.ASKED:
        return _("%(name)s asked back")
    if state == IssueState.ANSWERED:
        return _("%(name)s answered")
    if state == IssueState.JOINED:
        return _("%(name)s joined it to another issue")
    if state == IssueState.NEW:
        return _("%(name)s opened it again: not solved")
    if before[-1].state == IssueState.ACCEPTED:
        return _("%(name)s changed what will be done")
    return _("%(name)s took it into work")
