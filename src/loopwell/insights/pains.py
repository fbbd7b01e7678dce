"""Which problems cost most loyalty, and what makes promoters?

Two voices are kept apart: what interviewers found in calls, and what comments say. Shares are of
those who could name something: the customers called with a cause noted; or all with a comment where
rules or a model read every comment, else those whose comment a person coded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts, Difference, Estimate, difference
from loopwell.calc.proportion import wilson
from loopwell.calc.without import Impact, impact, projected
from loopwell.insights.asking import Filters, Key, Question, Row
from loopwell.insights.differing import adjusted
from loopwell.insights.questions import ask
from loopwell.themes.enums import ThemeKind
from loopwell.themes.models import Theme
from loopwell.themes.queries.taxonomy import coding_is_automatic

CALL, COMMENT = "call", "comment"
THEME, AREA = "theme", "area"
"""Each theme by itself; or the tops of the taxonomy, with all that is under them."""
LEVEL = 0.05
FEW = 10
"""Answers naming it, below which nothing is said of its trend."""


@dataclass(frozen=True)
class Standing:
    """A theme in the answers of a stretch of time.

    `of_unhappy` is the share of detractors who name it (of promoters for a delight), `of_all` of
    everybody, and `impact` what the score would be without them. In calls both take as many of each
    category to have it as of those called.
    """

    theme: Theme
    counts: Counts
    of_unhappy: Estimate | None
    of_all: Estimate
    impact: Impact


@dataclass(frozen=True)
class Pain(Standing):
    """`change` is its share in the later half of the months less that in the earlier, with a
    p-value allowing for how many themes are looked at; None where too few name it. `revenue` is of
    the accounts with a detractor naming it, None where no revenue is known.
    """

    change: Difference | None
    p: float | None
    revenue: float | None
    accounts: int

    @property
    def direction(self) -> int:
        """1 where it really grows, −1 where it really shrinks."""
        if self.change is None or self.p is None or self.p >= LEVEL:
            return 0
        return 1 if self.change.value > 0 else -1

    @property
    def is_delight(self) -> bool:
        return self.theme.kind == ThemeKind.DELIGHT


@dataclass(frozen=True)
class PainMap:
    """`base` are the answers that could name something, `answers` all of the time; pains by how
    much they cost, delights by how much they bring, each the most first."""

    voice: str
    base: Counts
    answers: int
    pains: Sequence[Pain]
    delights: Sequence[Pain]


def voices(filters: Filters, actor: Actor) -> dict[str, int]:
    """How many answers each voice speaks in."""
    rows = ask(Question("naming", ("voice",), filters=filters), actor)
    return {str(row.key[0]): row.n for row in rows if row.key[0]}


def pain_map(filters: Filters, voice: str, actor: Actor, by: str = THEME) -> PainMap:
    """Of the themes or areas found, by voice (CALL or COMMENT); four statements."""
    said = replace(filters, voice=voice)
    counted = "named" if by == THEME else "naming"
    named = ask(Question(counted, (by,), "month", filters=said), actor)
    could = ask(replace(base_question(filters, voice, ()), grain="month"), actor)
    stakes = {row.key[0]: row for row in ask(Question("stake", (by,), filters=said), actor)}
    answers = all_answers(filters, actor)
    months = sorted({row.key[-1] for row in could if isinstance(row.key[-1], date)})
    middle = months[len(months) // 2] if len(months) > 1 else None
    base = _summed(could)
    by_slug: dict[str, list[Row]] = {}
    for row in named:
        by_slug.setdefault(str(row.key[0]), []).append(row)
    themes = {each.slug: each for each in Theme.objects.filter(slug__in=by_slug)}
    found = []
    for slug, theme in themes.items():
        if base.n:
            standing_ = standing(voice, theme, _summed(by_slug[slug]), base, answers)
            change = _changed(by_slug[slug], could, middle)
            found.append(_pain(standing_, stakes.get(slug), change))
    p_values = adjusted([each.change.p if each.change else None for each in found])
    judged = [replace(each, p=p) for each, p in zip(found, p_values, strict=True)]
    return PainMap(
        voice,
        base,
        answers.n,
        sorted((e for e in judged if not e.is_delight), key=_cost),
        sorted((e for e in judged if e.is_delight), key=_cost, reverse=True),
    )


def base_of(filters: Filters, voice: str, actor: Actor) -> Counts:
    """Those who could name something."""
    return _counts(_base(filters, voice, actor, ())[0])


def all_answers(filters: Filters, actor: Actor) -> Counts:
    return _counts(ask(Question("passives", filters=filters), actor)[0])


def base_by(filters: Filters, voice: str, actor: Actor, by: str) -> Mapping[Key, Counts]:
    return {row.key[0]: _counts(row) for row in _base(filters, voice, actor, (by,))}


def named_by(
    filters: Filters, voice: str, actor: Actor, slug: str, by: str
) -> Mapping[Key, Counts]:
    """Answers naming this theme or one under it, each once."""
    said = replace(filters, voice=voice, theme=slug)
    rows = ask(Question("naming", (by,), filters=said), actor)
    return {row.key[0]: _counts(row) for row in rows}


def named_of(filters: Filters, voice: str, actor: Actor, slug: str, base: Counts) -> Counts:
    """Answers naming this theme or one under it, never more than could."""
    said = replace(filters, voice=voice, theme=slug)
    return _within(_counts(ask(Question("naming", filters=said), actor)[0]), base)


def by_month(filters: Filters, voice: str, actor: Actor, slug: str) -> list[tuple[date, int, int]]:
    """Month by month: its first day, answers naming the theme, answers that could."""
    said = replace(filters, voice=voice, theme=slug)
    named = ask(Question("naming", grain="month", filters=said), actor)
    known = {row.key[0]: row.n for row in named}
    question = base_question(filters, voice, ())
    rows = ask(replace(question, grain="month"), actor)
    return [(row.key[0], known.get(row.key[0], 0), row.n) for row in rows
            if isinstance(row.key[0], date)]  # fmt: skip


def together_with(filters: Filters, actor: Actor, slug: str) -> dict[str, int]:
    """How many answers naming this theme, by whatever voice, also name each other one."""
    rows = ask(Question("answers", ("theme",), filters=replace(filters, theme=slug)), actor)
    return {str(row.key[0]): row.n for row in rows if row.key[0] != slug}


def _base(filters: Filters, voice: str, actor: Actor, by: tuple[str, ...]) -> list[Row]:
    return ask(base_question(filters, voice, by), actor)


def base_question(filters: Filters, voice: str, by: tuple[str, ...]) -> Question:
    if voice == CALL:
        return Question("naming", by, filters=replace(filters, voice=CALL))
    read = replace(filters, commented=True, coded=not coding_is_automatic())
    return Question("passives", by, filters=read)


def _counts(row: Row) -> Counts:
    told = [round(row.stats.get(name, 0) or 0) for name in ("detractors", "passives", "promoters")]
    return Counts(*told)


def _pain(found: Standing, stake: Row | None, change: Difference | None) -> Pain:
    return Pain(
        **{each.name: getattr(found, each.name) for each in fields(found)},
        change=change if found.counts.n >= FEW else None,
        p=None,
        revenue=float(stake.stats["revenue"]) if stake and stake.n else None,
        accounts=stake.n if stake else 0,
    )


def _summed(rows: Sequence[Row]) -> Counts:
    return sum(map(_counts, rows), Counts(0, 0, 0))


def standing(voice: str, theme: Theme, counts: Counts, base: Counts, answers: Counts) -> Standing:
    """Of one theme, from the answers that name it, that could, and all; raises NoAnswers."""
    named = _within(counts, base)
    delight = theme.kind == ThemeKind.DELIGHT
    part, whole = (
        (named.promoters, base.promoters) if delight else (named.detractors, base.detractors)
    )
    unhappy = wilson(part, whole) if whole else None
    if voice == CALL:
        of_all = _of_everybody(named, base, answers)
        return Standing(theme, counts, unhappy, of_all, projected(answers, base, named))
    return Standing(theme, counts, unhappy, wilson(named.n, base.n), impact(base, named))


def _of_everybody(named: Counts, base: Counts, answers: Counts) -> Estimate:
    """The share of all answers, category by category as of those called."""
    told = [0.0, 0.0, 0.0]
    for cell in ("detractors", "passives", "promoters"):
        part, n, whole = (getattr(each, cell) for each in (named, base, answers))
        if n and answers.n:
            share = wilson(part, n)
            ends = (share.value, share.low, share.high)
            told = [sum_ + whole / answers.n * end for sum_, end in zip(told, ends, strict=True)]
    return Estimate(told[0], told[1], told[2], base.n)


def _within(counts: Counts, base: Counts) -> Counts:
    """A comment emptied after it was coded is no comment any more: no more than there are."""
    pairs = ((counts.detractors, base.detractors), (counts.passives, base.passives),
             (counts.promoters, base.promoters))  # fmt: skip
    return Counts(*(min(part, whole) for part, whole in pairs))


def _changed(named: Sequence[Row], could: Sequence[Row], middle: date | None) -> Difference | None:
    """The share in the later half of the months less that in the earlier."""
    if middle is None:
        return None
    whole, part = _halved(could, middle), _halved(named, middle)
    if not all(whole):
        return None
    then, now = (
        Counts(0, max(all_ - some, 0), min(some, all_))
        for some, all_ in zip(part, whole, strict=True)
    )
    return difference(now, then)


def _halved(rows: Sequence[Row], middle: date) -> tuple[int, int]:
    """Answers before this month, and from it on."""
    early = sum(row.n for row in rows if isinstance(row.key[-1], date) and row.key[-1] < middle)
    return early, sum(row.n for row in rows) - early


def _cost(pain: Pain) -> float:
    return pain.impact.change.value if pain.impact.change else 0.0
