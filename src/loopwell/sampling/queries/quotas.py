"""How many may a programme still ask in this day, week or month, in all or in each group?"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from loopwell.sampling.calendar import company_zone, period_begins
from loopwell.sampling.enums import QuotaPeriod
from loopwell.sampling.models import Invitation, Programme
from loopwell.sampling.queries.drawing import Wish
from loopwell.sampling.queries.pools import UNIT
from loopwell.sampling.rules import QUOTA, QuotaDraft

ORDER = [QuotaPeriod.DAY, QuotaPeriod.WEEK, QuotaPeriod.MONTH]


def quotas_of(programme: Programme) -> list[QuotaDraft]:
    """The narrowest period first."""
    if programme.pk is None:
        return []
    found = [
        QuotaDraft(QuotaPeriod(each.period), each.most, each.each)
        for each in programme.quotas.order_by("pk")
    ]
    return sorted(found, key=lambda each: (ORDER.index(each.period), each.each))


def quota_wishes(programme: Programme, quotas: Iterable[QuotaDraft], now: datetime) -> list[Wish]:
    """What each quota still lets pass, in the periods of the company's calendar."""
    zone = company_zone()
    return [_wish(programme, quota, now, zone) for quota in quotas]


def _wish(programme: Programme, quota: QuotaDraft, now: datetime, zone: ZoneInfo) -> Wish:
    used = used_of(programme, quota, now, zone)
    if not quota.each:
        used = {"": sum(used.values())}
    limits = {group: max(quota.most - number, 0) for group, number in used.items()}
    return Wish(QUOTA, by=quota.each, most=quota.most, limits=limits)


def used_of(
    programme: Programme, quota: QuotaDraft, now: datetime, zone: ZoneInfo
) -> dict[str, int]:
    """Invitations of the current period by group."""
    if programme.pk is None:
        return {}
    rows: QuerySet[Invitation] = Invitation.objects.filter(
        programme=programme, is_test=False, planned_at__gte=period_begins(quota.period, now, zone)
    ).order_by()
    group = group_of_invitation(quota.each)
    return dict(rows.annotate(grouped=group).values_list("grouped").annotate(n=Count("pk")))


def group_of_invitation(by: str) -> Coalesce | Value:
    """As sampling.queries.pools groups candidates; of an invitation what was true then."""
    if not by:
        return Value("", output_field=TextField())
    if by == UNIT:
        return Coalesce(Cast("unit_id", TextField()), Value(""), output_field=TextField())
    return Coalesce(KeyTextTransform(by, "properties"), Value(""), output_field=TextField())
