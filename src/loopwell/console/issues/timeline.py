"""How did an issue get where it is, in words?"""

from collections.abc import Iterable
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
    """What a step was follows from the state before it."""
    found, before = [], None
    for each in steps:
        icon = "message-2" if before == IssueState.ASKED else ICONS[each.state]
        words = _words(before, each.state) % {"name": each.who or _("Somebody")}
        found.append(Moment(icon, words, each.text, each.at))
        before = each.state
    return found


def _words(before: IssueState | None, state: IssueState) -> str:
    if before is None:
        return _("%(name)s raised the issue")
    if state == IssueState.ASKED:
        return _("%(name)s asked back")
    if state == IssueState.ANSWERED:
        return _("%(name)s answered")
    if state == IssueState.JOINED:
        return _("%(name)s joined it to another issue")
    if state == before == IssueState.ACCEPTED:
        return _("%(name)s changed what will be done")
    if before == IssueState.ASKED and state == IssueState.NEW:
        return _("%(name)s replied")
    if state == IssueState.ACCEPTED:
        return _("%(name)s wrote, and the issue is in work")
    return _("%(name)s opened it again: not solved")
