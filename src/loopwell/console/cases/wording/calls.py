"""Which words tell of calls, of who has the case and of how it ended?"""

from django.utils.translation import gettext as _

from loopwell.cases.enums import Change, Outcome, Result
from loopwell.cases.queries import Line
from loopwell.console.cases.wording.registry import moment, words


@words("case.opened", icon="flag")
def _opened(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if line.payload.get("score") is None:
        return _("The case opened: no answer came."), ""
    return _("The case opened, score %(score)s.") % line.payload, ""


@words("case.attempted", icon="phone")
def _attempted(line: Line, who: dict[str, str]) -> tuple[str, str]:
    outcome = Outcome(line.payload["outcome"]).label
    detail = line.record.note if line.record else ""
    return _("%(who)s called: %(outcome)s") % {**who, "outcome": outcome}, detail


@words("case.scheduled", icon="calendar-event")
def _scheduled(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if not line.record:
        return "", ""
    at = {"at": moment(line.record.call_at)}
    return _("%(who)s will call back: %(at)s") % {**who, **at}, line.record.note


@words("case.assigned", icon="exchange")
def _assigned(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if not line.record:
        return "", ""
    owner = {"owner": str(line.record.owner or _("somebody who has left"))}
    reason = line.record.reason or _("The one who had it does not work on cases any more.")
    return _("%(who)s gave it to %(owner)s") % {**who, **owner}, reason


@words("case.closed", icon="circle-check")
def _closed(line: Line, who: dict[str, str]) -> tuple[str, str]:
    result = Result(line.payload["result"]).label
    detail = line.record.learnt if line.record else ""
    return _("%(who)s closed it: %(result)s") % {**who, "result": result}, detail


@words("case.reopened", icon="refresh")
def _reopened(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if line.payload.get("score") is not None:  # by itself, see cases.operations.joining
        return _("It opened again"), _("The customer answered again: %(score)s") % line.payload
    return _("%(who)s opened it again") % who, line.record.reason if line.record else ""


@words("case.noted", icon="pencil")
def _noted(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if not line.record:
        return "", ""
    return change_words(line.record.change, line.record.details), ""


def change_words(change: str, details: dict[str, int]) -> str:
    """What the customer did to their answer, said so that it cannot be missed."""
    if change == Change.SCORE:
        return _("The customer changed the score from %(before)s to %(after)s.") % details
    return {
        Change.COMMENT.value: _("The customer added a comment."),
        Change.REFUSED.value: _("The customer no longer wants to be contacted."),
        Change.AGREED.value: _("The customer agreed to be contacted."),
    }[change]
