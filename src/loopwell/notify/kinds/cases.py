"""How are people told what happens to customers and cases?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.notify.enums import Urgency
from loopwell.notify.kinds.registry import TURN, Kind, Seen, register


def _opened(seen: Seen) -> str:
    if seen.score is None:
        return _("%(customer)s did not answer and waits for your call.") % seen.named()
    return _("%(customer)s is unhappy and waits for your call.") % seen.named()


def _assigned(seen: Seen) -> str:
    return _("This customer is now yours to call: %(customer)s.") % seen.named()


def _reopened(seen: Seen) -> str:
    return _("%(customer)s must be called again: the case was reopened.") % seen.named()


def _escalated(seen: Seen) -> str:
    return _("%(customer)s waits too long: the case is late and was passed up to you.") % (
        seen.named()
    )


def _mentioned(seen: Seen) -> str:
    return _("%(who)s mentioned you in the case of %(customer)s.") % seen.named()


def _replied(seen: Seen) -> str:
    return _("%(customer)s wrote to you.") % seen.named()


def _turned(seen: Seen) -> str:
    facts = {"before": seen.fact("before"), **seen.named()}
    if seen.account:
        words = _(
            "%(customer)s decides at %(account)s and was a promoter: %(score)s of 10 now, "
            "%(before)s before."
        )
    else:
        words = _("%(customer)s was a promoter: %(score)s of 10 now, %(before)s before.")
    return words % facts


def _asked(seen: Seen) -> str:
    return _("%(who)s asks you to approve redress for %(customer)s.") % seen.named()


def _decided(seen: Seen) -> str:
    return _("%(who)s decided about the redress for %(customer)s.") % seen.named()


def _action(seen: Seen) -> str:
    return _("%(who)s gave you something to do for %(customer)s.") % seen.named()


register(Kind(
    TURN, gettext_lazy("Somebody who decides turned from promoter to detractor"),
    Urgency.AT_ONCE, _turned, always=True, team=True,
))  # fmt: skip
register(Kind(
    "case.opened", gettext_lazy("A customer waits for your call"), Urgency.AT_ONCE, _opened,
    to_owner=True, until_closed=True, team=True,
))  # fmt: skip
register(Kind(
    "case.assigned", gettext_lazy("A case is yours now"), Urgency.AT_ONCE, _assigned,
    to_owner=True, until_closed=True,
))  # fmt: skip
register(Kind(
    "case.reopened", gettext_lazy("A case was reopened"), Urgency.AT_ONCE, _reopened,
    to_owner=True, until_closed=True, team=True,
))  # fmt: skip
register(Kind(
    "case.escalated", gettext_lazy("A case is late and came up to you"), Urgency.AT_ONCE,
    _escalated, until_closed=True, team=True,
))  # fmt: skip
register(Kind(
    "case.replied", gettext_lazy("A customer wrote back"), Urgency.AT_ONCE, _replied, team=True,
))  # fmt: skip
register(Kind(
    "case.mentioned", gettext_lazy("Somebody mentioned you"), Urgency.SOON, _mentioned,
))  # fmt: skip
register(Kind(
    "redress.asked", gettext_lazy("Redress waits for your approval"), Urgency.AT_ONCE, _asked,
))  # fmt: skip
register(Kind(
    "redress.decided", gettext_lazy("Redress you asked for was decided"), Urgency.SOON, _decided,
))  # fmt: skip
register(Kind(
    "action.given", gettext_lazy("You were given something to do for a customer"), Urgency.SOON,
    _action,
))  # fmt: skip
