"""What must be said about a type of the journal so that people can be told of it?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.notify.enums import Urgency

TURN = "customer.turned"
"""Not of the journal: somebody who decides was a promoter and is a detractor now."""


@dataclass(frozen=True)
class Seen:
    """What words can be made of: what the alarm is about, as far as it is still there.

    `ref` is the reference of the subject, `facts` the journal's payload.
    """

    who: str = ""
    customer: str = ""
    unit: str = ""
    account: str = ""
    due: str = ""
    score: int | None = None
    comment: str = ""
    case_ref: str = ""
    response_ref: str = ""
    instead_of: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def fact(self, name: str) -> str:
        found = self.facts.get(name)
        return "" if found is None else str(found)

    def named(self) -> dict[str, Any]:
        """For words with placeholders; nobody is nameless."""
        return {
            "who": self.who or _("Somebody"),
            "customer": self.customer or _("A customer"),
            "unit": self.unit,
            "account": self.account,
            "due": self.due,
            "score": self.score,
            "title": self.fact("title") or self.fact("name"),
        }


@dataclass(frozen=True)
class Kind:
    """One type of the journal that people are told of.

    `words` is one sentence in the reader's language; `always` ignores digests and quiet hours.
    `to_owner`: whoever the payload names as owner is told. `until_closed`: needless once the case
    is closed or somebody else's. `team`: also goes to the team channels of the unit.
    """

    name: str
    label: str | Promise
    urgency: Urgency
    words: Callable[[Seen], str]
    link: Callable[[Seen], str] | None = None
    always: bool = False
    to_owner: bool = False
    until_closed: bool = False
    team: bool = False


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """The same name again replaces it."""
    KINDS[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """Also for types nobody has declared: nobody must stay untold because of that."""
    return KINDS.get(name) or Kind(
        name, gettext_lazy("Something else"), Urgency.SOON, _unknown_words
    )


def _unknown_words(seen: Seen) -> str:
    if seen.customer:
        return _("%(who)s wants you to look at something about %(customer)s.") % seen.named()
    return _("%(who)s wants you to look at something.") % seen.named()


def link_of(kind: Kind, seen: Seen) -> str:
    """The path of the page to go to; the inbox when there is none."""
    try:
        if kind.link is not None and (found := kind.link(seen)):
            return found
        if seen.case_ref:
            return reverse("cases:case", args=[seen.case_ref])
        if seen.response_ref:
            return reverse("answers:answer", args=[seen.response_ref])
    except NoReverseMatch:  # the page the declaration names has moved: the inbox is always there
        pass
    return reverse("alarms:inbox")


def page(name: str, *facts: str) -> Callable[[Seen], str]:
    """A page by its name; `facts` of the payload are its arguments. Empty when one is missing."""

    def link(seen: Seen) -> str:
        given = [seen.fact(each) for each in facts]
        return reverse(name, args=given) if all(given) else ""

    return link
