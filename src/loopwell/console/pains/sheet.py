"""What stands on the one page of a problem, on paper or as a slide?

The same numbers and comments that the person who asks sees on the problem's page, said in words;
personal data in comments as the company has it for files that are taken away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts, Estimate
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import Selection
from loopwell.console.pains import one
from loopwell.console.templatetags import numbers
from loopwell.kit.translated import said_in
from loopwell.responses.masking import Said, said_in_exports
from loopwell.themes.enums import ThemeKind

QUOTES, GROUPS = 4, 6


@dataclass(frozen=True)
class Source:
    """What one voice says: each number with its margin and how many answers it is of."""

    name: str
    of_unhappy: str
    of_all: str
    answers: str
    points: str


@dataclass(frozen=True)
class Month:
    label: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Quote:
    text: str
    score: int
    where: str


@dataclass(frozen=True)
class Group:
    """A unit, touchpoint or segment hit harder than chance explains."""

    cut: str
    name: str
    share: str
    answers: str


@dataclass(frozen=True)
class Work:
    title: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """`counts` are the answers naming it, in the source chosen, by category."""

    title: str
    kind: str
    owner: str
    is_delight: bool
    sentence: str
    filters: str
    day: str
    voice: str
    counts: Counts
    people: str = ""
    affected: str = ""
    complaints: str = ""
    trend_said: str = ""
    sources: Sequence[Source] = ()
    months: Sequence[Month] = ()
    groups: Sequence[Group] = ()
    work: Sequence[Work] = ()
    quotes: Sequence[Quote] = ()
    drawn: dict[str, Any] = field(default_factory=dict)

    @property
    def unhappy_label(self) -> str:
        return _("Of promoters") if self.is_delight else _("Of detractors")


def sheet_of(actor: Actor, selection: Selection, theme: Any, voice: str, now: datetime) -> Sheet:
    told, said = one.about(actor, selection, theme, voice), said_in_exports()
    chosen, trend = told["chosen"], told["trend"]
    return Sheet(
        title=str(theme),
        kind=theme.get_kind_display(),
        owner=said_in(theme.owner_function),
        is_delight=theme.kind == ThemeKind.DELIGHT,
        sentence=told["sentence"],
        filters=filter_words(actor, selection),
        day=date_format(timezone.localtime(now), "DATE_FORMAT"),
        voice=chosen.name,
        counts=chosen.found.counts if chosen.found else Counts(0, 0, 0),
        affected=numbers.grouped(round(told["people"].customers.value)) if told["people"] else "",
        people=_people(told["people"]),
        complaints=_complaints(told),
        trend_said=trend["said"] if trend else "",
        sources=[_source(each) for _key, each in told["voices"]],
        months=_months(trend) if trend else (),
        groups=_groups(told["cuts"]),
        work=[_work(row, began) for row, began in told["initiatives"]],
        quotes=[_quote(each, said) for each in told["verbatims"][:QUOTES]],
        drawn=trend["data"] if trend else {},
    )


def filter_words(actor: Actor, selection: Selection) -> str:
    """The period, the unit and whatever else narrows the numbers, as people say it."""
    picked = [
        selection.words(),
        selection.unit.name if selection.unit else _("all units"),
        *_chosen(choices.kinds(selection)),
        *(_chosen(choices.surveys(actor, selection)) if selection.survey else ()),
        *(_chosen(choices.touchpoints_of(actor, selection)) if selection.touchpoint else ()),
        selection.language,
        *(f"{name}: {value}" for name, value in selection.properties),
    ]  # fmt: skip
    return " · ".join(str(each) for each in picked if each)


def _chosen(options: Sequence[Choice]) -> list[str]:
    return [each.label for each in options if each.chosen]


def with_margin(share: Estimate) -> str:
    return f"{numbers.percent(share.value / 100)} {numbers.margin(share.low, share.high)}"


def _source(voice: one.Voice) -> Source:
    found = voice.found
    if found is None:  # only those that say something are asked
        raise ValueError("a source that says nothing")
    return Source(
        name=voice.name,
        of_unhappy=with_margin(found.of_unhappy) if found.of_unhappy else numbers.NONE,
        of_all=with_margin(found.of_all),
        answers=f"{numbers.grouped(found.counts.n)} / {numbers.grouped(voice.base.n)}",
        points=f"{voice.cost} ({voice.margin})" if voice.margin else voice.cost,
    )


def _people(people: Any) -> str:
    if people is None:
        return ""
    facts = {
        "low": numbers.grouped(round(people.customers.low)),
        "high": numbers.grouped(round(people.customers.high)),
        "all": numbers.grouped(people.population),
    }
    if people.is_weighted:
        return _("customers would name it, likely %(low)s to %(high)s of %(all)s, each answer "
                 "counted by the weight of its survey") % facts  # fmt: skip
    return _("customers would name it, likely %(low)s to %(high)s of %(all)s, if those who said "
             "why are like all") % facts  # fmt: skip


def _complaints(told: dict[str, Any]) -> str:
    said = []
    if told["complaints"] is not None:
        said.append(_("Complaints: %(n)s") % {"n": numbers.grouped(told["complaints"])})
    if told["one_in"]:
        facts = {"n": numbers.grouped(told["one_in"])}
        said.append(_("one in %(n)s of those affected complained") % facts)
    said += [f"{way}: {numbers.grouped(count)}" for way, count in told["reports"]]
    return " · ".join(said)


def _months(trend: dict[str, Any]) -> list[Month]:
    return [
        Month(
            date_format(start, "M y"), point.estimate.value, point.estimate.low, point.estimate.high
        )
        for (start, _named, _base), point in trend["months"]
    ]


def _groups(cuts: Sequence[one.Cut]) -> list[Group]:
    """Those hit harder, the hardest first."""
    harder = [(cut.title, name, hit) for cut in cuts for name, hit in cut.hits if hit.is_harder]
    harder.sort(key=lambda each: -each[2].share.value)
    return [
        Group(cut, name, with_margin(hit.share),
              f"{numbers.grouped(hit.named)} / {numbers.grouped(hit.share.n)}")
        for cut, name, hit in harder[:GROUPS]
    ]  # fmt: skip


def _work(row: Any, began: date | None) -> Work:
    since = _("since %(day)s") % {"day": date_format(began, "DATE_FORMAT")} if began else ""
    told = [row.get_state_display(), since, str(row.owner) if row.owner else ""]
    return Work(row.title, " · ".join(each for each in told if each))


def _quote(verbatim: one.Verbatim, said: Said) -> Quote:
    answer = verbatim.answer
    day = date_format(timezone.localtime(answer.answered_at), "j E Y")
    unit = str(answer.unit) if answer.unit else ""
    return Quote(
        said(answer, answer.comment), answer.score, " · ".join(each for each in (day, unit) if each)
    )
