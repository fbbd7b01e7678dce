"""Since when do we know this customer, and which other answers does a case take care of?"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Min

from loopwell.cases.models import Case
from loopwell.people.models import Interaction
from loopwell.responses.models import Response


def known_since(case: Case) -> datetime | None:
    """The first thing we know to have happened with them."""
    firsts = [
        Interaction.objects.filter(customer_id=case.customer_id).aggregate(at=Min("at"))["at"],
        Response.objects.filter(customer_id=case.customer_id, is_test=False).aggregate(
            at=Min("answered_at")
        )["at"],
    ]
    return min((at for at in firsts if at), default=None)


def joined_answers(case: Case) -> Sequence[Response]:
    """Further answers that came while the case was open, newest first."""
    rows = case.joined.select_related("response__unit").order_by("-response__answered_at")
    return [row.response for row in rows]
