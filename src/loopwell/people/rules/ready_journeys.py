"""With which moments can a company's journey begin?"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loopwell.kit.errors import Conflict, Invalid


class BadJourney(Invalid):
    """A journey or a moment with something in it that cannot be used."""


class JourneyExists(Conflict):
    """Another journey has this name."""


@dataclass(frozen=True)
class ReadyMoment:
    """`touchpoint` is what interactions and surveys then name."""

    name: str | Promise
    touchpoint: str


@dataclass(frozen=True)
class ReadyJourney:
    slug: str
    name: str | Promise
    about: str | Promise
    moments: tuple[ReadyMoment, ...]


READY = (
    ReadyJourney(
        "telecom",
        _("Telecom"),
        _("From choosing a tariff to staying for the next year"),
        (
            ReadyMoment(_("Chooses a tariff"), "choice"),
            ReadyMoment(_("Signs up"), "contract"),
            ReadyMoment(_("Is connected at home"), "installation"),
            ReadyMoment(_("Uses the network"), "usage"),
            ReadyMoment(_("Gets the bill and pays"), "billing"),
            ReadyMoment(_("Calls for help"), "call"),
            ReadyMoment(_("Has a fault mended"), "repair"),
            ReadyMoment(_("Renews or leaves"), "renewal"),
        ),
    ),
    ReadyJourney(
        "retail",
        pgettext_lazy("trade", "Retail"),
        _("From looking around to coming back"),
        (
            ReadyMoment(_("Looks for it in the shop or online"), "browse"),
            ReadyMoment(_("Is advised"), "visit"),
            ReadyMoment(_("Buys and pays"), "purchase"),
            ReadyMoment(_("Has it delivered"), "delivery"),
            ReadyMoment(_("Uses it for the first time"), "first_use"),
            ReadyMoment(_("Returns or exchanges it"), "return"),
            ReadyMoment(_("Asks the service for help"), "service"),
        ),
    ),
    ReadyJourney(
        "b2b",
        _("Business clients"),
        _("From the first meeting to the renewal"),
        (
            ReadyMoment(_("Meets us and gets an offer"), "offer"),
            ReadyMoment(_("Agrees the contract"), "contract"),
            ReadyMoment(_("Is set up and trained"), "onboarding"),
            ReadyMoment(_("Orders and receives"), "delivery"),
            ReadyMoment(_("Is invoiced"), "invoice"),
            ReadyMoment(_("Asks for support"), "support"),
            ReadyMoment(_("Looks back with us on the year"), "review"),
            ReadyMoment(_("Renews"), "renewal"),
        ),
    ),
)
