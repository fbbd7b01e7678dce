"""Who decides at a client, was a promoter and is a detractor now, and who must know at once?"""

from collections.abc import Iterator, Sequence

from loopwell.access.queries import managers_of
from loopwell.calc.scales import Category, category
from loopwell.journal.rules import Record
from loopwell.notify.kinds import TURN
from loopwell.notify.planning.recipients import Wanted
from loopwell.people.enums import DecisionRole
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS

ANSWERED = frozenset({"response.recorded", "response.changed"})
DECIDING = (DecisionRole.DECIDES,)


def turns(records: Sequence[Record]) -> Iterator[Wanted]:
    """One for each person to be told; the same answer is told once, however often it changes."""
    ids = {
        record.subject_id
        for record in records
        if record.type in ANSWERED and not record.payload.get("imported")
    }
    if not ids:
        return
    rows = Response.objects.filter(
        pk__in=ids,
        score__lte=6,
        is_test=False,
        kind__in=OUR_CUSTOMERS,
        customer__decision_role__in=DECIDING,
    )
    for answer in rows.select_related("customer", "unit", "account__owner", "account__unit"):
        before = _answer_before(answer)
        if before is not None and _turned(before, answer):
            yield from _told_of(answer, before)


def _answer_before(answer: Response) -> Response | None:
    rows = Response.objects.filter(
        customer=answer.customer_id,
        kind=answer.kind,
        is_test=False,
        answered_at__lt=answer.answered_at,
    )
    return rows.order_by("-answered_at", "-id").first()


def _turned(before: Response, now: Response) -> bool:
    return category(before.score) is Category.PROMOTER and category(now.score) is Category.DETRACTOR


def _told_of(answer: Response, before: Response) -> Iterator[Wanted]:
    account = answer.account or (answer.customer.account if answer.customer else None)
    owner = account.owner if account else None
    units = [u for u in (account.unit if account else None, answer.unit) if u is not None]
    leaders = managers_of(units)
    people = [owner.pk if owner else None, owner.manager_id if owner else None]
    people += [leaders.get(unit.pk) for unit in units]
    for user_id in dict.fromkeys(people):
        if user_id is not None:
            yield Wanted(
                user_id=user_id,
                kind=TURN,
                key=f"{TURN}:response-{answer.pk}",
                subject="response",
                subject_id=answer.pk,
                response_id=answer.pk,
                facts={"before": before.score, "score": answer.score},
            )
