"""Who raised what an initiative solved: customers who named it, and those of us who did?"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q
from django.utils.timezone import localdate

from loopwell.access.models import User
from loopwell.cases.enums import Outcome
from loopwell.cases.models import Attempt, Closure
from loopwell.delivery.enums import Reason
from loopwell.delivery.models import Suppression
from loopwell.huddles.models import Issue, Supporter
from loopwell.initiatives.enums import NotTold
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.queries.parts import spread_of
from loopwell.people.models import Customer
from loopwell.responses.models import Response
from loopwell.sampling.models import OptOut
from loopwell.surveys.enums import OUR_CUSTOMERS
from loopwell.themes.enums import MentionSource, Sentiment
from loopwell.themes.models import Mention
from loopwell.themes.queries.taxonomy import with_below

MANY = 5000


@dataclass(frozen=True)
class Receiver:
    """`unit` is that of the newest answer that named the problem; `language` the customer's own,
    else that of this answer."""

    customer: int
    address: str
    language: str
    name: str
    unit: int | None


@dataclass(frozen=True)
class Namers:
    """Customers who named the problem where and before it was solved.

    `reachable` may be written to; `left_out` counts the others by the first reason that holds.
    `elsewhere` named it where nothing has begun yet; `nameless` answers are of nobody we know.
    """

    reachable: Sequence[Receiver]
    left_out: Mapping[NotTold, int]
    elsewhere: int
    nameless: int

    @property
    def agreed(self) -> int:
        """How many agreed to be contacted."""
        refused = self.left_out.get(NotTold.NO_CONSENT, 0)
        return len(self.reachable) + sum(self.left_out.values()) - refused


def namers(initiative: Initiative, today: date) -> Namers:
    """Over the whole company, whoever looks: only counts are shown."""
    since = {u: day for u, day in spread_of(initiative).since.items() if day <= today}
    named: dict[int, tuple[datetime, int | None, str]] = {}
    elsewhere, nameless = set(), set()
    for customer, unit, at, answer, language in _answers(initiative):
        begun = since.get(unit) if unit is not None else None
        if begun is None or localdate(at) >= begun:
            if begun is None and customer is not None:
                elsewhere.add(customer)
        elif customer is None:
            nameless.add(answer)
        else:
            known = named.get(customer)
            if known is None or known[0] < at:
                named[customer] = at, unit, language
    reachable, left_out = _sorted_out(named)
    return Namers(reachable, left_out, len(elsewhere - named.keys()), len(nameless))


def _answers(
    initiative: Initiative,
) -> Iterator[tuple[int | None, int | None, datetime, int, str]]:
    """Customer, unit, moment, id and language of the answers that name one of its problems."""
    slugs = {s for theme in initiative.themes.all() for s in with_below(theme.slug)}
    rows = Mention.objects.filter(
        theme__slug__in=slugs, response__kind__in=OUR_CUSTOMERS, response__is_test=False
    ).exclude(sentiment=Sentiment.POSITIVE)
    return iter(
        rows.values_list(
            "response__customer",
            "response__unit",
            "response__answered_at",
            "response",
            "response__language",
        ).distinct()
    )


def _sorted_out(
    named: Mapping[int, tuple[datetime, int | None, str]],
) -> tuple[list[Receiver], Counter[NotTold]]:
    reachable: list[Receiver] = []
    left_out: Counter[NotTold] = Counter()
    everybody = list(named)
    for start in range(0, len(everybody), MANY):
        some = everybody[start : start + MANY]
        agreed = _agreed(some)
        facts = Customer.objects.filter(pk__in=some).values_list("pk", "email", "language", "name")
        rows = {pk: (email or "", language, name) for pk, email, language, name in facts}
        barred = why_barred({pk: address for pk, (address, *_rest) in rows.items()})
        for pk, (address, language, name) in rows.items():
            why = NotTold.NO_CONSENT if pk not in agreed else barred.get(pk)
            if why is None:
                _at, unit, answered_in = named[pk]
                reachable.append(Receiver(pk, address, language or answered_in, name, unit))
            else:
                left_out[why] += 1
    return reachable, left_out


def _agreed(customers: Collection[int]) -> set[int]:
    """Whose newest word about it is yes; a refused call counts as a no."""
    said = Response.objects.filter(customer__in=customers)
    yes = _newest(said.filter(contact_consent=True).values_list("customer"))
    no = _newest(said.filter(contact_consent=False).values_list("customer"))
    refused = Attempt.objects.filter(case__customer__in=customers, outcome=Outcome.REFUSED)
    calls = dict(refused.values_list("case__customer").annotate(last=Max("at")))
    return {
        pk for pk, at in yes.items()
        if not any(pk in later and later[pk] >= at for later in (no, calls))
    }  # fmt: skip


def _newest(rows: object) -> dict[int, datetime]:
    return dict(rows.annotate(last=Max("answered_at")).order_by())  # type: ignore[attr-defined]


def why_barred(addresses: Mapping[int, str]) -> dict[int, NotTold]:
    """By customer, of these addresses, whoever must not be written to."""
    some = [address.lower() for address in addresses.values() if address]
    listed = dict(Suppression.objects.filter(address__in=some).values_list("address", "reason"))
    left = set(
        OptOut.objects.filter(customer__in=list(addresses), programme=None).values_list(
            "customer", flat=True
        )
    )
    found = {}
    for pk, address in addresses.items():
        reason = listed.get(address.lower())
        if not address:
            found[pk] = NotTold.NO_ADDRESS
        elif pk in left or reason == Reason.UNSUBSCRIBED:
            found[pk] = NotTold.OPTED_OUT
        elif reason is not None:
            found[pk] = NotTold.SUPPRESSED
    return found


def raisers(initiative: Initiative, today: date) -> list[User]:
    """Those of us who raised the linked issues or have them too, and who closed the cases in which
    the problem was found, where and before it was solved."""
    since = {u: day for u, day in spread_of(initiative).since.items() if day <= today}
    raised = set(initiative.raised.values_list("issue", flat=True)) | {initiative.issue_id}
    calls = set(initiative.raised.values_list("case", flat=True)) | {initiative.case_id}
    issues = Issue.objects.filter(Q(pk__in=raised - {None}) | Q(joined_to__in=raised - {None}))
    people = set(issues.values_list("by", flat=True))
    people |= set(Supporter.objects.filter(issue__in=issues).values_list("user", flat=True))
    slugs = {s for theme in initiative.themes.all() for s in with_below(theme.slug)}
    found = Mention.objects.filter(theme__slug__in=slugs, source=MentionSource.INTERVIEWER)
    rows = Closure.objects.filter(
        Q(case__response__in=found.values("response")) | Q(case__in=calls - {None})
    )
    for user, case, unit, at in rows.values_list(
        "by", "case", "case__unit", "case__response__answered_at"
    ):
        begun = since.get(unit) if unit is not None else None
        if case in calls or (begun is not None and at is not None and localdate(at) < begun):
            people.add(user)
    return list(User.objects.filter(pk__in=people - {None}, is_active=True).order_by("pk"))
