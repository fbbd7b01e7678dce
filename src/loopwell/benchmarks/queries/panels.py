"""Which panels and brands are there, and how does each brand stand?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, FloatField, Max, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.calc.nps import Counts
from loopwell.kit.errors import NotFound

PROMOTER, DETRACTOR = Q(score__gte=9), Q(score__lte=6)


@dataclass(frozen=True)
class Sums:
    """What a brand's score in a panel is made of; `w` are sums of weights, `ww` of their squares,
    with p and d those of promoters and detractors."""

    n: int
    promoters: int
    detractors: int
    w: float
    ww: float
    wp: float
    wd: float
    wwp: float
    wwd: float

    @property
    def counts(self) -> Counts:
        return Counts(self.detractors, self.n - self.promoters - self.detractors, self.promoters)

    @property
    def is_weighted(self) -> bool:
        """Whether any answer weighs other than 1."""
        return abs(self.w - self.n) > 1e-9 or abs(self.ww - self.n) > 1e-9


def panels(actor: Actor) -> QuerySet[Panel]:
    """Everybody who reads numbers may know where the company stands in its market."""
    require(actor, Right.READ_ANSWERS)
    return (
        Panel.objects.select_related("survey")
        .annotate(count=Count("answers"), brands=Count("answers__brand", distinct=True))
        .order_by("-fielded_to", "-pk")
    )


def panels_with_answers(actor: Actor) -> list[Panel]:
    """The newest first."""
    return [panel for panel in panels(actor) if panel.count]  # type: ignore[attr-defined]  # annotated


def panel_by_ref(actor: Actor, ref: str) -> Panel:
    found = panels(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such panel."))
    return found


def brands(actor: Actor) -> QuerySet[Brand]:
    require(actor, Right.READ_ANSWERS)
    return Brand.objects.annotate(
        count=Count("answers"), first=Min("answers__answered_on"), last=Max("answers__answered_on")
    ).order_by("name")


def brand_by_ref(actor: Actor, ref: str) -> Brand:
    found = brands(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such brand."))
    return found


def our_brand() -> Brand | None:
    return Brand.objects.filter(is_us=True).first()


def segments(actor: Actor) -> list[str]:
    require(actor, Right.READ_ANSWERS)
    rows = PanelAnswer.objects.exclude(segment="").order_by("segment")
    return list(rows.values_list("segment", flat=True).distinct())


def sums(
    actor: Actor, *, panel: Panel | None = None, segment: str = ""
) -> Mapping[tuple[int, int], Sums]:
    """By (panel id, brand id), of one panel or of all."""
    require(actor, Right.READ_ANSWERS)
    rows = panel_answers(panel, segment).order_by()
    weight, square = F("weight"), F("weight") * F("weight")
    found = rows.values_list("panel_id", "brand_id").annotate(
        n=Count("pk"),
        promoters=Count("pk", filter=PROMOTER),
        detractors=Count("pk", filter=DETRACTOR),
        w=Sum(weight),
        ww=Sum(square, output_field=FloatField()),
        wp=Sum(weight, filter=PROMOTER, default=0.0),
        wd=Sum(weight, filter=DETRACTOR, default=0.0),
        wwp=Sum(square, filter=PROMOTER, default=0.0, output_field=FloatField()),
        wwd=Sum(square, filter=DETRACTOR, default=0.0, output_field=FloatField()),
    )
    return {(panel_id, brand_id): Sums(*rest) for panel_id, brand_id, *rest in found}


def paired(actor: Actor, panel: Panel, one: Brand, other: Brand) -> list[list[int]]:
    """How many rated `one` as (row) and `other` as (column): detractor, passive, promoter.

    Only people who are told apart and rated both.
    """
    require(actor, Right.READ_ANSWERS)
    scores: dict[str, dict[int, int]] = defaultdict(dict)
    rows = panel_answers(panel, "").filter(brand__in=(one, other)).exclude(person="")
    for person, brand_id, score in rows.values_list("person", "brand_id", "score"):
        scores[person][brand_id] = category_of(score)
    table = [[0, 0, 0] for _each in range(3)]
    for said in scores.values():
        if len(said) == 2:
            table[said[one.pk]][said[other.pk]] += 1
    return table


def ratings(
    actor: Actor, brand: Brand, *, panel: Panel | None = None
) -> Sequence[tuple[int, Mapping[str, float]]]:
    """(score, points by aspect) of everybody who rated the brand's aspects."""
    require(actor, Right.READ_ANSWERS)
    rows = panel_answers(panel, "").filter(brand=brand).exclude(ratings={})
    return list(rows.values_list("score", "ratings"))


def distribution(actor: Actor, panel: Panel) -> Mapping[int, list[int]]:
    """How many gave 0, 1 … 10, by brand id."""
    require(actor, Right.READ_ANSWERS)
    found: dict[int, list[int]] = defaultdict(lambda: [0] * 11)
    rows = (
        panel_answers(panel, "").order_by().values_list("brand_id", "score").annotate(n=Count("pk"))
    )
    for brand_id, score, n in rows:
        found[brand_id][score] = n
    return dict(found)


def panel_answers(panel: Panel | None, segment: str) -> QuerySet[PanelAnswer]:
    rows = PanelAnswer.objects.all() if panel is None else panel.answers.all()
    return rows.filter(segment=segment) if segment else rows


def category_of(score: int) -> int:
    """0 detractor, 1 passive, 2 promoter."""
    return 2 if score >= 9 else 1 if score >= 7 else 0
