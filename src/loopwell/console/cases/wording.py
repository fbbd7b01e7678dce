"""Which words tell what happened in a case and in a customer's story?"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.cases.enums import Change, Outcome, Result
from loopwell.cases.queries import Line

ICONS = {
    "case.opened": "flag",
    "case.attempted": "phone",
    "case.scheduled": "calendar-event",
    "case.assigned": "exchange",
    "case.closed": "circle-check",
    "case.reopened": "refresh",
    "case.noted": "pencil",
}


@dataclass(frozen=True)
class Told:
    """One line of the timeline: when, who did what, and what they wrote."""

    at: datetime
    icon: str
    words: str
    detail: str = ""


def tell(line: Line) -> Told:
    words, detail = _words(line)
    return Told(at=line.at, icon=ICONS.get(line.type, "circle"), words=words, detail=detail)


def _words(line: Line) -> tuple[str, str]:
    who, record = {"who": line.who or "Loopwell"}, line.record
    if line.type == "case.opened":
        return _("The case opened, score %(score)s.") % line.payload, ""
    if line.type == "case.attempted":
        outcome = Outcome(line.payload["outcome"]).label
        detail = record.note if record else ""
        return _("%(who)s called: %(outcome)s") % {**who, "outcome": outcome}, detail
    if line.type == "case.scheduled" and record:
        at = {"at": moment(record.call_at)}
        return _("%(who)s will call back: %(at)s") % {**who, **at}, record.note
    if line.type == "case.assigned" and record:
        owner = {"owner": str(record.owner or _("somebody who has left"))}
        reason = record.reason or _("The one who had it does not work on cases any more.")
        return _("%(who)s gave it to %(owner)s") % {**who, **owner}, reason
    if line.type == "case.closed":
        result = Result(line.payload["result"]).label
        detail = record.learnt if record else ""
        return _("%(who)s closed it: %(result)s") % {**who, "result": result}, detail
    if line.type == "case.reopened":
        return _("%(who)s opened it again") % who, record.reason if record else ""
    if line.type == "case.noted" and record:
        return change_words(record.change, record.details), ""
    return line.type, ""


def change_words(change: str, details: dict[str, int]) -> str:
    """What the customer did to their answer, said so that it cannot be missed."""
    if change == Change.SCORE:
        return _("The customer changed the score from %(before)s to %(after)s.") % details
    return {
        Change.COMMENT.value: _("The customer added a comment."),
        Change.REFUSED.value: _("The customer no longer wants to be contacted."),
        Change.AGREED.value: _("The customer agreed to be contacted."),
    }[change]


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j E, H:i")
