"""Which messages must wait although they are due: quiet hours, too many a day, a slow domain?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from loopwell.delivery.enums import State
from loopwell.delivery.models import DomainLimit, Message
from loopwell.delivery.quiet import next_allowed, zones_of
from loopwell.delivery.transports import Outcome, Result
from loopwell.sampling.models import ContactLimit

MINUTE = timedelta(minutes=1)
TWO_DAYS = timedelta(days=2)
SLOW_DOWN_AFTER = 3
"""So many refusals in a row with one of the codes below, and the whole domain gets a rest."""
SLOW_DOWN_CODES = ("421", "450", "451")
LONGEST_REST = timedelta(hours=1)


def held_back(messages: Sequence[Message], now: datetime) -> dict[int, datetime]:
    """By message id the moment before which it must not leave; tests wait for nothing."""
    rows = [each for each in messages if not each.invitation.is_test]
    later = _quiet(rows, now)
    later |= _full_domains([each for each in rows if each.pk not in later], now)
    return later


def _quiet(messages: Sequence[Message], now: datetime) -> dict[int, datetime]:
    limit = ContactLimit.objects.order_by("pk").first()
    if limit is None or not messages:
        return {}
    zones = zones_of({each.invitation_id: each.invitation for each in messages}.values())
    later = {}
    for each in messages:
        allowed = next_allowed(now, zones[each.invitation_id], limit)
        if allowed > now:
            later[each.pk] = allowed
    if limit.most_per_day is not None:
        rest = [each for each in messages if each.pk not in later]
        later |= _full_days(rest, now, zones, limit, limit.most_per_day)
    return later


def _full_days(
    messages: Iterable[Message],
    now: datetime,
    zones: dict[int, ZoneInfo],
    limit: ContactLimit,
    most: int,
) -> dict[int, datetime]:
    """Messages of customers who got as many as they may today, over all channels."""
    rows = list(messages)
    told = _told_lately({each.invitation.customer_id for each in rows}, now)
    later = {}
    today: Counter[int] = Counter()
    for each in rows:
        customer, zone = each.invitation.customer_id, zones[each.invitation_id]
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        got = sum(1 for moment in told[customer] if moment >= midnight)
        if got + today[customer] < most:
            today[customer] += 1
            continue
        tomorrow = (midnight + timedelta(days=1)).astimezone(now.tzinfo)
        later[each.pk] = next_allowed(tomorrow, zone, limit)
    return later


def _told_lately(customers: Iterable[int], now: datetime) -> dict[int, list[datetime]]:
    """When each of them was written to in the last two days, claims of other senders included."""
    rows = Message.objects.filter(
        invitation__customer__in=set(customers),
        invitation__is_test=False,
        state__in=[State.SENDING, State.SENT, State.UNSURE],
    )
    told: dict[int, list[datetime]] = defaultdict(list)
    for customer, handed, claimed in rows.values_list(
        "invitation__customer_id", "handed_at", "claimed_at"
    ):
        moment = handed or claimed
        if moment is not None and moment > now - TWO_DAYS:
            told[customer].append(moment)
    return told


def domain_of(address: str) -> str:
    """What stands behind the @, lower case; "" for a phone number."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


def _full_domains(messages: Sequence[Message], now: datetime) -> dict[int, datetime]:
    """Counted in the database, so that all senders together keep to it."""
    limits = DomainLimit.objects.order_by("pk").select_for_update()
    by_domain = {domain: limit for limit in limits for domain in limit.domains}
    later = {}
    touched = set()
    for each in messages:
        limit = by_domain.get(domain_of(each.to))
        if limit is None:
            continue
        if limit.rests_until is not None and limit.rests_until > now:
            later[each.pk] = limit.rests_until
            continue
        if limit.per_minute is None:
            continue
        if limit.minute_began is None or limit.minute_began <= now - MINUTE:
            limit.minute_began, limit.used = now, 0
        if limit.used >= limit.per_minute:
            later[each.pk] = limit.minute_began + MINUTE
            continue
        limit.used += 1
        touched.add(limit)
    DomainLimit.objects.bulk_update(touched, ["minute_began", "used"])
    return later


class Manners:
    """Remembers for one sender which domains ask for patience, and gives them a rest."""

    def __init__(self) -> None:
        resting = DomainLimit.objects.filter(rests__gt=0).values_list("domains", flat=True)
        self._in_a_row: Counter[str] = Counter(
            {domain: SLOW_DOWN_AFTER - 1 for domains in resting for domain in domains}
        )

    def heard(self, message: Message, result: Result, now: datetime) -> None:
        domain = domain_of(message.to)
        if not domain or not (result.outcome is Outcome.SENT or _asks_for_patience(result)):
            return
        if result.outcome is Outcome.SENT:
            if domain in self._in_a_row:
                del self._in_a_row[domain]
                _no_rest(domain)
            return
        self._in_a_row[domain] += 1
        if self._in_a_row[domain] >= SLOW_DOWN_AFTER:
            _give_rest(domain, now, result.detail)
            self._in_a_row[domain] = SLOW_DOWN_AFTER - 1  # one more refusal, a longer rest


def _asks_for_patience(result: Result) -> bool:
    return result.outcome is Outcome.LATER and result.detail.startswith(SLOW_DOWN_CODES)


def _limit_of(domain: str) -> DomainLimit | None:
    return next((each for each in DomainLimit.objects.all() if domain in each.domains), None)


def _give_rest(domain: str, now: datetime, said: str) -> None:
    """1, 2, 4 … minutes, at most an hour."""
    limit = _limit_of(domain) or DomainLimit(name=domain, domains=[domain])
    if limit.rests_until is not None and limit.rests_until > now:
        return
    limit.rests_until = now + min(MINUTE * 2 ** min(limit.rests, 6), LONGEST_REST)
    limit.rests += 1
    limit.said = said[:500]
    limit.save()


def _no_rest(domain: str) -> None:
    limit = _limit_of(domain)
    if limit is not None and limit.rests:
        DomainLimit.objects.filter(pk=limit.pk).update(rests=0, rests_until=None, said="")
