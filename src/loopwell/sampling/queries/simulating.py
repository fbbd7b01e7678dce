"""What would a programme or other contact rules do, before anything is saved or sent?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor, require
from loopwell.sampling.enums import After, ProgrammeKind, QuotaPeriod
from loopwell.sampling.models import ContactRule, Programme
from loopwell.sampling.queries.contact_rules import outcome_label
from loopwell.sampling.queries.customers import LeftOut
from loopwell.sampling.queries.drawing import Source, Wish, draw
from loopwell.sampling.queries.pools import (
    Pool,
    pool_of_interactions,
    pool_of_programme,
)
from loopwell.sampling.queries.programmes import draft_of, programmes, running
from loopwell.sampling.queries.touched import touched_by, touched_of_customer
from loopwell.sampling.rules import (
    ASKED,
    DUPLICATE,
    EXCLUSIONS,
    EXPIRED,
    NOT_DRAWN,
    QUOTA,
    ProgrammeDraft,
    QuotaDraft,
    Rule,
)
from loopwell.surveys.models import Survey

LOOKED_BACK_DAYS = 30
PERIOD_DAYS = {QuotaPeriod.DAY: 1.4, QuotaPeriod.WEEK: 7, QuotaPeriod.MONTH: 30.4}
"""Calendar days of a period in which asking is done: five of seven days are working days."""


@dataclass(frozen=True)
class RuleDraft:
    """A contact rule that need not be stored."""

    after: After
    days: int
    kind: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Simulation:
    """Of `matching` candidates so many would be asked within `days`, the rest left out as said.

    Candidates are customers (relationship: as if its cycle began now) or the contacts of the
    last 30 days (transactional: as if they were decided upon today). `per_day` is the mean
    number of invitations on a working day.
    """

    matching: int
    asked: int
    left_out: tuple[LeftOut, ...]
    days: int

    @property
    def per_day(self) -> float:
        return self.asked / (self.days * 5 / 7)


@dataclass(frozen=True)
class Effect:
    """One running programme under the rules as they are and as they would be."""

    programme: Programme
    before: Simulation
    after: Simulation


def stored_rules() -> list[RuleDraft]:
    """The contact rules as they are, to change some of them and simulate."""
    return [
        RuleDraft(After(each.after), each.days, each.kind, each.channel)
        for each in ContactRule.objects.all()
    ]


def simulate(
    *,
    actor: Actor,
    survey: Survey,
    draft: ProgrammeDraft,
    now: datetime,
    rules: Sequence[RuleDraft] | None = None,
    known: Programme | None = None,
) -> Simulation:
    """For a programme that need not be stored; `rules` instead of the stored ones. `known` is the
    stored programme the draft would change: whom it asked about contacts so far does not count."""
    require(actor, Right.RUN_SURVEYS)
    programme = _unsaved(actor, survey, draft)
    held = stored_rules() if rules is None else rules
    return _simulated(programme, draft, now, held, known.pk if known else None)


def simulate_rules(*, actor: Actor, rules: Sequence[RuleDraft], now: datetime) -> list[Effect]:
    """What changed rules would do to every running programme the actor sees."""
    require(actor, Right.RUN_SURVEYS)
    known = stored_rules()
    found = []
    mine = programmes(actor).exclude(kind=ProgrammeKind.LINK)
    for each in mine.filter(pk__in=running().values("pk")):
        draft = draft_of(each)
        plain = _bare(each)
        before, after = (_simulated(plain, draft, now, held, each.pk) for held in (known, rules))
        found.append(Effect(each, before, after))
    return found


def _bare(programme: Programme) -> Programme:
    """Its double that was never saved: without own invitations, so that all start alike."""
    copy = Programme.objects.select_related("survey", "unit").get(pk=programme.pk)
    copy.pk = None
    return copy


def _unsaved(actor: Actor, survey: Survey, draft: ProgrammeDraft) -> Programme:
    return Programme(
        survey=survey,
        kind=draft.kind,
        unit=_unit(actor, draft),
        filter=draft.wanted.to_json(),
        about=draft.about.to_json(),
        channel=draft.channel,
        other_languages=draft.other_languages,
        touchpoints=list(draft.touchpoints),
        delay_minutes=draft.delay_minutes,
        expires_hours=draft.expires_hours,
        share=draft.share,
        cycle_days=draft.cycle_days,
    )


def _unit(actor: Actor, draft: ProgrammeDraft) -> Unit | None:
    scope = actor.within(Right.RUN_SURVEYS)
    if draft.wanted.unit:
        return units_within(scope).filter(ref=draft.wanted.unit).first()
    return None if scope.everything else units_within(scope).order_by("path").first()


def applying(
    rules: Iterable[RuleDraft], kind: str, channel: str, broken: Iterable[After] = ()
) -> tuple[Rule, ...]:
    """Those that hold for a kind of survey and a channel, exceptions taken out."""
    skipped = set(broken)
    return tuple(
        Rule(each.after, each.days)
        for each in rules
        if each.kind in ("", kind) and each.channel in ("", channel) and each.after not in skipped
    )


def _simulated(
    programme: Programme,
    draft: ProgrammeDraft,
    now: datetime,
    rules: Iterable[RuleDraft],
    known_id: int | None,
) -> Simulation:
    held = applying(
        rules, programme.survey.kind, draft.channel, [after for after, _why in draft.exceptions]
    )
    transactional = draft.kind == ProgrammeKind.TRANSACTIONAL
    days = LOOKED_BACK_DAYS if transactional else max(draft.cycle_days, 1)
    pool = (
        _recent(programme, now, held, known_id)
        if transactional
        else pool_of_programme(programme, now, rules=held)
    )
    wishes = [_capacity(quota, days) for quota in draft.quotas]
    if transactional:
        wishes.append(Wish(NOT_DRAWN, share=draft.share))
    drawn = draw(Source(pool, ["", *(wish.by for wish in wishes)]), wishes)
    return _told(drawn.counts, days)


def _recent(
    programme: Programme, now: datetime, rules: tuple[Rule, ...], known_id: int | None
) -> Pool:
    since = now - timedelta(days=LOOKED_BACK_DAYS)
    rows = touched_by(programme).filter(at__gt=since, at__lte=now)
    beside = touched_of_customer(programme).filter(at__gt=since, at__lte=now)
    return pool_of_interactions(
        programme, rows, now, beside=beside, seed=0, rules=rules, imagined_id=known_id or 0
    )


def _capacity(quota: QuotaDraft, days: int) -> Wish:
    """What a quota lets through in so many days."""
    periods = max(days / PERIOD_DAYS[quota.period], 1)
    return Wish(QUOTA, by=quota.each, most=int(quota.most * periods))


def _told(counts: dict[str, int], days: int) -> Simulation:
    order = [EXPIRED, DUPLICATE, *EXCLUSIONS, QUOTA, NOT_DRAWN]
    left_out = tuple(
        LeftOut(reason, outcome_label(reason), counts[reason])
        for reason in order
        if counts.get(reason)
    )
    return Simulation(sum(counts.values()), counts.get(ASKED, 0), left_out, days)
