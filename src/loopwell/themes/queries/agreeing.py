"""Do two people find the same in a comment?"""

from collections import defaultdict
from dataclasses import dataclass

from loopwell.access.rules import Actor
from loopwell.calc.agreement import LabelAgreement, alpha, label_agreement
from loopwell.responses.queries import visible_to
from loopwell.themes.models import Coding
from loopwell.themes.queries.examples import themes_today

SHOWN = 20


@dataclass(frozen=True)
class Differing:
    """A comment and what each of two people said of it, by slug."""

    ref: str
    comment: str
    first_by: str
    second_by: str
    both: frozenset[str]
    only_first: frozenset[str]
    only_second: frozenset[str]


@dataclass(frozen=True)
class Agreement:
    """Over comments that two people coded; `alpha` as in `calc.agreement`."""

    comments: int
    same: int
    alpha: float | None
    themes: list[LabelAgreement]
    differing: list[Differing]


def agreement(actor: Actor) -> Agreement:
    """The two oldest codings of each comment; the newest differences first."""
    today = themes_today()
    by_answer: dict[int, list[Coding]] = defaultdict(list)
    twice = Coding.objects.filter(is_second=True).values("response")
    rows = Coding.objects.filter(response__in=twice).select_related("coder", "response")
    for coding in rows.order_by("is_second", "at", "pk"):
        by_answer[coding.response_id].append(coding)
    pairs, differing = [], []
    for codings in by_answer.values():
        if len(codings) < 2:
            continue
        first, second = (_slugs(each, today) for each in codings[:2])
        pairs.append((first, second))
        if first != second:
            differing.append(codings[:2])
    used = set().union(*(first | second for first, second in pairs)) if pairs else set()
    themes = [label_agreement(pairs, slug) for slug in used]
    themes.sort(key=lambda each: (-(2 * each.both + each.first + each.second), each.label))
    differing.sort(key=lambda two: two[1].at, reverse=True)
    seen = visible_to(actor).filter(pk__in=[two[0].response_id for two in differing])
    may_see = set(seen.values_list("pk", flat=True))
    shown = [two for two in differing if two[0].response_id in may_see][:SHOWN]
    return Agreement(
        comments=len(pairs),
        same=sum(first == second for first, second in pairs),
        alpha=alpha(pairs),
        themes=themes,
        differing=[_differing(two, today) for two in shown],
    )


def _slugs(coding: Coding, today: dict[str, str | None]) -> frozenset[str]:
    found = (today.get(each["theme"]) for each in coding.themes)
    return frozenset(slug for slug in found if slug is not None)


def _differing(two: list[Coding], today: dict[str, str | None]) -> Differing:
    first, second = (_slugs(each, today) for each in two)
    return Differing(
        ref=two[0].response.ref, comment=two[0].response.comment,
        first_by=str(two[0].coder), second_by=str(two[1].coder),
        both=first & second, only_first=first - second, only_second=second - first,
    )  # fmt: skip
