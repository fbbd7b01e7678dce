"""Whom did customers praise this quarter, and who was honoured?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.cases.enums import Result
from loopwell.cases.models import Closure
from loopwell.kit.errors import NotFound
from loopwell.responses.models import Response
from loopwell.stories.models import Recognition
from loopwell.stories.rules import quarter_after
from loopwell.surveys.enums import OUR_CUSTOMERS

MOST = 12


@dataclass(frozen=True)
class Candidate:
    """An employee whom customers named well: counts, no ranking by a score that is noise."""

    user: User
    praise: int
    solved: int
    answers: int


def candidates(actor: Actor, quarter: date) -> Sequence[Candidate]:
    """People of the actor's units with the most praise in words, then cases solved."""
    zone = ZoneInfo(settings.TIME_ZONE)
    start = datetime.combine(quarter, time(), zone)
    end = datetime.combine(quarter_after(quarter), time(), zone)
    people = User.objects.filter(actor.within(Right.PUBLISH).rows(), is_active=True)
    about = Response.objects.filter(
        is_test=False, kind__in=OUR_CUSTOMERS, employee__in=people,
        answered_at__gte=start, answered_at__lt=end,
    ).order_by()  # fmt: skip
    good = Q(score__gte=9) & ~Q(comment="")
    counted = about.values("employee").annotate(praise=Count("pk", filter=good), n=Count("pk"))
    praised = {row["employee"]: (row["praise"], row["n"]) for row in counted}
    closed = Closure.objects.filter(by__in=people, at__gte=start, at__lt=end, result=Result.SOLVED)
    solved = dict(closed.order_by().values_list("by").annotate(Count("pk")))
    found = [
        (praised.get(pk, (0, 0))[0], solved.get(pk, 0), praised.get(pk, (0, 0))[1], pk)
        for pk in set(praised) | set(solved)
    ]
    best = sorted((row for row in found if row[0] or row[1]), reverse=True)[:MOST]
    users = User.objects.select_related("unit").in_bulk([row[3] for row in best])
    return [Candidate(users[pk], praise, done, n) for praise, done, n, pk in best]


def honoured(actor: Actor) -> QuerySet[Recognition]:
    rows = Recognition.objects.select_related("employee", "unit", "by")
    return rows if actor.may(Right.READ_ANSWERS) else rows.none()


def recognition_by_ref(actor: Actor, ref: str) -> Recognition:
    found = honoured(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such recognition."))
    return found
