"""Which home pages are there, who gets which, and of which sections is each made?

Every home answers in the same order: what needs me today, how do we do, what changed, why.
"""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.access.enums import Role
from loopwell.access.rules import Actor
from loopwell.console.door import StaffRequest
from loopwell.console.home.sections import (
    ACCOUNTS_FIRST,
    CALLS,
    CAUSES,
    COMMENTS_LAST,
    GROUPS,
    HEADLINE,
    LISTEN,
    MINE,
    SCORE,
    TODAY,
    TREND,
    UNITS,
    Section,
)

CHOSEN = "home"
Row = tuple[Section, ...]
"""One section over the whole width, or two side by side."""
_HOW = ((HEADLINE,), (SCORE,), (TREND, CAUSES))
HOMES: Mapping[str, Sequence[Row]] = {
    "programme": ((TODAY, CALLS), *_HOW, (UNITS,), (GROUPS,), (COMMENTS_LAST,)),
    "executive": ((TODAY,), *_HOW, (LISTEN,), (UNITS,), (COMMENTS_LAST,)),
    "manager": ((TODAY, CALLS), *_HOW, (UNITS,), (GROUPS,), (COMMENTS_LAST,)),
    "supervisor": ((TODAY, CALLS), *_HOW, (UNITS,), (COMMENTS_LAST,)),
    "account": ((TODAY, CALLS), (ACCOUNTS_FIRST,), *_HOW, (COMMENTS_LAST,)),
    "caller": ((CALLS, TODAY), (MINE,), *_HOW, (COMMENTS_LAST,)),
    "numbers": ((TODAY,), *_HOW, (UNITS,), (GROUPS,), (COMMENTS_LAST,)),
}
NAMES: Mapping[str, str | Promise] = {
    "programme": _("Programme manager"),
    "executive": _("Executive"),
    "manager": _("Manager"),
    "supervisor": _("Supervisor"),
    "account": _("Account manager"),
    "caller": _("Customers to call"),
    "numbers": _("Numbers"),
}
OF_ROLE: Mapping[Role, str] = {
    Role.PROGRAMME: "programme",
    Role.ADMINISTRATOR: "programme",
    Role.EXECUTIVE: "executive",
    Role.MANAGER: "manager",
    Role.SUPERVISOR: "supervisor",
    Role.ACCOUNT_MANAGER: "account",
    Role.FRONT_LINE: "caller",
    Role.CALL_BACK: "caller",
    Role.ANALYST: "numbers",
    Role.FINANCE: "numbers",
    Role.FUNCTION: "numbers",
}


def homes_of(actor: Actor) -> list[str]:
    """Those of the person's roles, the first theirs until they choose another."""
    mine = {OF_ROLE[role] for role in actor.roles}
    return [name for name in HOMES if name in mine] or ["numbers"]


def home_of(request: StaffRequest) -> str:
    """The one asked for, which is remembered for the session, else the one chosen before."""
    mine = homes_of(request.actor)
    asked = request.GET.get("home", "")
    if asked in mine:
        request.session[CHOSEN] = asked
    chosen = request.session.get(CHOSEN, "")
    return chosen if chosen in mine else mine[0]


def rows_of(home: str, actor: Actor) -> list[list[Section]]:
    """What this person may see of a home."""
    rows = [[each for each in row if actor.may(each.right)] for row in HOMES[home]]
    return [row for row in rows if row]
