"""Whom does a plan look at, and which contact rules hold for it?"""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from loopwell.access.rules import Scope
from loopwell.people.models import Customer
from loopwell.sampling.calendar import company_zone, midnight
from loopwell.sampling.enums import After
from loopwell.sampling.models import (
    ContactException,
    ContactLimit,
    ContactRule,
    Plan,
    Programme,
    Wave,
)
from loopwell.sampling.queries.customers import candidates
from loopwell.sampling.rules import Asking, CustomerFilter, Rule
from loopwell.surveys.models import Version
from loopwell.surveys.queries import published


def candidates_of(plan: Plan) -> QuerySet[Customer]:
    """Every customer the plan's filter and unit cover, askable or not."""
    scope = Scope(everything=True) if plan.unit is None else Scope(paths=(plan.unit.path,))
    return candidates(scope, CustomerFilter.from_json(plan.filter))


def asking_of(plan: Plan, now: datetime, rules: tuple[Rule, ...] | None = None) -> Asking:
    """`rules` instead of the stored ones, to see what others would do."""
    version, wave, programme = _parts(plan)
    kind = _survey_kind(plan)
    limit = contact_limit()
    if rules is None:
        rules = rules_for(kind, plan.channel, wave=wave, programme=programme)
    return Asking(
        now=now,
        languages=() if plan.other_languages or version is None else tuple(sorted(version.texts)),
        rules=rules,
        wave_id=wave.pk if wave else None,
        programme_id=programme.pk if programme else None,
        channel=plan.channel,
        most_per_day=limit.most_per_day,
        day_began=midnight(now, company_zone()),
    )


def _parts(plan: Plan) -> tuple[Version | None, Wave | None, Programme | None]:
    if isinstance(plan, Wave):
        return plan.version, plan, plan.programme
    if isinstance(plan, Programme):
        return published(plan.survey), None, plan
    raise TypeError(f"no plan: {plan!r}")


def _survey_kind(plan: Plan) -> str:
    if isinstance(plan, Wave):
        return plan.version.survey.kind
    return plan.survey.kind if isinstance(plan, Programme) else ""


def rules_for(
    kind: str,
    channel: str,
    *,
    wave: Wave | None = None,
    programme: Programme | None = None,
) -> tuple[Rule, ...]:
    """The contact rules for this kind of survey and channel, the plan's exceptions taken out."""
    plans = [Q(wave=wave)] if wave and wave.pk else []
    plans += [Q(programme=programme)] if programme and programme.pk else []
    rows = ContactRule.objects.filter(kind__in=["", kind], channel__in=["", channel])
    if plans:
        broken = ContactException.objects.filter(reduce(or_, plans)).values("after")
        rows = rows.exclude(after__in=broken)
    return tuple(Rule(After(each.after), each.days) for each in rows)


def contact_limit() -> ContactLimit:
    """The company's one row; an unsaved one with nothing limited when nobody has chosen."""
    return ContactLimit.objects.order_by("pk").first() or ContactLimit()
