"""How are the company's contact rules added, changed, moved and removed?"""

from datetime import datetime, time

import holidays
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.sampling.enums import After
from loopwell.sampling.models import ContactLimit, ContactRule
from loopwell.sampling.rules import ADDRESSES
from loopwell.surveys.enums import SurveyKind

LONGEST_RULE_DAYS = 3 * 365
MOST_KEPT_DAYS = 20 * 365


@transaction.atomic
def add_rule(
    *,
    actor: Actor,
    after: After,
    days: int,
    now: datetime,
    kind: str = "",
    channel: str = "",
) -> ContactRule:
    """Comes last in the order."""
    _check_actor(actor)
    _check_rule(after, days, kind, channel)
    last = ContactRule.objects.aggregate(last=Max("position"))["last"] or 0
    rule = ContactRule.objects.create(
        after=after, days=days, kind=kind, channel=channel, position=last + 1
    )
    _told(actor, now, {"rule": "added", "after": str(after), "days": days})
    return rule


@transaction.atomic
def change_rule(
    *,
    actor: Actor,
    rule: ContactRule,
    after: After,
    days: int,
    now: datetime,
    kind: str = "",
    channel: str = "",
) -> ContactRule:
    _check_actor(actor)
    _check_rule(after, days, kind, channel)
    rule.after, rule.days, rule.kind, rule.channel = after, days, kind, channel
    rule.save(update_fields=["after", "days", "kind", "channel"])
    _told(actor, now, {"rule": "changed", "after": str(after), "days": days})
    return rule


@transaction.atomic
def remove_rule(*, actor: Actor, rule: ContactRule, now: datetime) -> None:
    _check_actor(actor)
    _told(actor, now, {"rule": "removed", "after": rule.after, "days": rule.days})
    rule.delete()


@transaction.atomic
def move_rule(*, actor: Actor, rule: ContactRule, up: bool, now: datetime) -> None:
    """Changes places with the one above (or below); at the end nothing happens."""
    _check_actor(actor)
    order = list(ContactRule.objects.select_for_update())
    at = next(number for number, each in enumerate(order) if each.pk == rule.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for position, each in enumerate(order, start=1):
        each.position = position
    ContactRule.objects.bulk_update(order, ["position"])
    _told(actor, now, {"rule": "moved", "after": rule.after, "days": rule.days})


@transaction.atomic
def set_contact_limit(
    *,
    actor: Actor,
    now: datetime,
    most_per_day: int | None = None,
    quiet_from: time | None = None,
    quiet_to: time | None = None,
    quiet_sundays: bool = False,
    holidays_of: str = "",
    decisions_kept_days: int = 730,
) -> ContactLimit:
    """What holds for every message; `holidays_of` is an ISO country ("PL", "DE-BY")."""
    _check_actor(actor)
    fields: dict[str, list[str]] = {}
    if most_per_day is not None and most_per_day < 1:
        fields["most_per_day"] = [_("At least one, or leave it empty for no limit.")]
    if (quiet_from is None) != (quiet_to is None):
        fields["quiet_to"] = [_("Say both from when and until when.")]
    elif quiet_from is not None and quiet_from == quiet_to:
        fields["quiet_to"] = [_("From and until are the same: nothing could ever be sent.")]
    if holidays_of and not known_country(holidays_of):
        fields["holidays_of"] = [_("We do not know the holidays of “%s”.") % holidays_of]
    if not 30 <= decisions_kept_days <= MOST_KEPT_DAYS:
        fields["decisions_kept_days"] = [_("Keep it for 30 days to 20 years.")]
    if fields:
        raise Invalid(_("Some choices do not fit."), fields=fields)
    limit = ContactLimit.objects.order_by("pk").first() or ContactLimit()
    limit.most_per_day, limit.quiet_from, limit.quiet_to = most_per_day, quiet_from, quiet_to
    limit.quiet_sundays, limit.holidays_of = quiet_sundays, holidays_of
    limit.decisions_kept_days = decisions_kept_days
    limit.save()
    _told(actor, now, {"rule": "limits"})
    return limit


def known_country(code: str) -> bool:
    country, _separator, part = code.partition("-")
    known = holidays.list_supported_countries()
    return country in known and (not part or part in known[country])


def _check_actor(actor: Actor) -> None:
    require(actor, Right.RUN_SURVEYS)
    if not actor.within(Right.RUN_SURVEYS).everything:
        raise Forbidden(_("Contact rules hold for the whole company: ask its programme manager."))


def _check_rule(after: str, days: int, kind: str, channel: str) -> None:
    fields: dict[str, list[str]] = {}
    if after not in After.values:
        fields["after"] = [_("Choose after what.")]
    if not 1 <= days <= LONGEST_RULE_DAYS:
        fields["days"] = [_("Choose 1 to 1,095 days.")]
    if kind and kind not in SurveyKind.values:
        fields["kind"] = [_("There is no such kind of survey.")]
    if channel and channel not in ADDRESSES:
        fields["channel"] = [_("There is no such channel.")]
    if fields:
        raise Invalid(_("Some choices do not fit."), fields=fields)


def _told(actor: Actor, now: datetime, what: dict[str, object]) -> None:
    append(actor=actor, now=now, events=[Event("contact_rules.changed", "contact_rules", 0, what)])
