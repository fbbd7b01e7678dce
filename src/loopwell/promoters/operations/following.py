"""Who became a promoter by their answer, or stopped being one?"""

from collections.abc import Collection

from django.db.models import QuerySet

from loopwell.promoters.models import Promoter
from loopwell.promoters.rules import PROMOTER_FROM
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS

FIELDS = ("response", "unit", "account", "score", "answered_at", "thanked_at")


def of_our_customers() -> QuerySet[Response]:
    """Answers of identified customers about us."""
    return Response.objects.filter(kind__in=OUR_CUSTOMERS, is_test=False, customer__isnull=False)


def follow_answers(response_ids: Collection[int]) -> None:
    """Idempotent: each customer's newest of these answers, unless a newer one is known.

    Who says it again in a new answer is to be thanked again; one changed answer is the same.
    """
    rows = of_our_customers().filter(pk__in=response_ids).order_by("answered_at", "pk")
    newest = {row.customer_id: row for row in rows if row.customer_id is not None}
    known = {
        row.customer_id: row
        for row in Promoter.objects.filter(customer_id__in=list(newest)).select_for_update()
    }
    made, changed = [], []
    for customer_id, answer in newest.items():
        row = known.get(customer_id)
        if row is None:
            if answer.score >= PROMOTER_FROM:
                made.append(_taken(Promoter(customer_id=customer_id), answer))
        elif row.answered_at <= answer.answered_at:
            changed.append(_taken(row, answer))
    Promoter.objects.bulk_create(made, ignore_conflicts=True)
    Promoter.objects.bulk_update(changed, FIELDS, batch_size=500)


def _taken(row: Promoter, answer: Response) -> Promoter:
    if row.response_id != answer.pk:
        row.thanked_at = None
    row.response, row.unit_id, row.account_id = answer, answer.unit_id, answer.account_id
    row.score, row.answered_at = answer.score, answer.answered_at
    return row
