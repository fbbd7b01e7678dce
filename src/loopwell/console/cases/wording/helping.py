"""Which words tell of letters, redress, further actions, coaching and what was late?"""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from loopwell.cases.enums import RedressState
from loopwell.cases.queries import Line
from loopwell.console.cases.wording.registry import words


@words("case.wrote", icon="mail-forward")
def _wrote(line: Line, who: dict[str, str]) -> tuple[str, str]:
    return _("%(who)s wrote to the customer") % who, line.record.subject if line.record else ""


@words("case.replied", icon="mail")
def _replied(line: Line, who: dict[str, str]) -> tuple[str, str]:
    return _("The customer wrote"), line.record.text if line.record else ""


@words("case.escalated", icon="arrow-up")
def _escalated(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if not line.record:
        return "", ""
    facts = {"late": line.record.get_late_display(), "name": line.record.to or _("nobody")}
    return _("Late: %(late)s. %(name)s was told") % facts, ""


@words("redress.given", "redress.asked", icon="gift")
def _redress(line: Line, who: dict[str, str]) -> tuple[str, str]:
    row = line.record
    if not row:
        return "", ""
    amount = number_format(row.amount, force_grouping=True)
    facts = {**who, "what": row.what, "amount": amount, "currency": row.currency}
    if line.type == "redress.asked":
        return _("%(who)s asked for redress: %(what)s, %(amount)s %(currency)s") % facts, ""
    return _("%(who)s gave redress: %(what)s, %(amount)s %(currency)s") % facts, ""


@words("redress.decided", icon="gift")
def _decided(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if not line.record:
        return "", ""
    facts = {**who, "what": line.record.what}
    if line.record.state == RedressState.REFUSED:
        return _("%(who)s refused the redress: %(what)s") % facts, line.record.reason
    return _("%(who)s approved the redress: %(what)s") % facts, line.record.reason


@words("action.given", icon="list-check")
def _given(line: Line, who: dict[str, str]) -> tuple[str, str]:
    row = line.record
    if not row:
        return "", ""
    facts = {**who, "owner": row.owner or _("nobody"), "day": date_format(row.due_on, "j E")}
    return _("%(who)s asked %(owner)s to do something by %(day)s") % facts, row.what


@words("action.done", icon="checks")
def _done(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if not line.record:
        return "", ""
    return _("%(who)s did it: %(what)s") % {**who, "what": line.record.what}, line.record.outcome


@words("coaching.written", icon="bulb")
def _coaching(line: Line, who: dict[str, str]) -> tuple[str, str]:
    return _("%(who)s wrote a coaching note to the employee") % who, ""


@words("praise.received", icon="heart")
def _praise(line: Line, who: dict[str, str]) -> tuple[str, str]:
    return _("The praise was passed on to the employee"), ""
