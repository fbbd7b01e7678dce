"""How do people of the market rate the demo company and its competitors, and how do its own
people rate it?"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from loopwell.access.models import Unit
from loopwell.access.rules import SYSTEM
from loopwell.benchmarks.enums import PanelSource
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.demo.units import QUALITY
from loopwell.responses.enums import Source
from loopwell.responses.models import Response
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey
from loopwell.surveys.operations import create_survey, publish_version

BRANDS: Mapping[str, tuple[float, ...]] = {
    "Solvarna": (7.6, 7.6, 7.75, 7.9),
    "Telvia": (8.15, 8.1, 8.1, 8.05),
    "Northline": (7.5, 7.55, 7.45, 7.5),
    "Orbita Mobile": (6.9, 7.0, 6.9, 6.8),
}
"""Mean willingness to recommend by panel, the oldest first."""
ASPECTS = ("Network", "Price", "Service", "Billing")
PEOPLE, RATED_EACH = 420, 2
SEGMENTS = ("18–34", "35–54", "55+")
EVERY = timedelta(days=182)
WAVES = 2
WORK = ("lead", "team", "tools", "growth", "pay", "meaning")


def load_benchmark(now: datetime) -> None:
    draw = random.Random(23)  # noqa: S311 demo data
    brands = {
        name: Brand.objects.create(name=name, is_us=name == "Solvarna", is_demo=True)
        for name in BRANDS
    }
    for number in range(4):
        end = now.date() - timedelta(days=20) - EVERY * (3 - number)
        panel = Panel.objects.create(
            name=f"Market panel {end:%Y-%m}",
            source=PanelSource.FILE,
            market="Users of mobile phones, 18 and older",
            provider="Panelworks",
            double_blind=True,
            fielded_from=end - timedelta(days=13),
            fielded_to=end,
            created_at=now,
            is_demo=True,
        )
        PanelAnswer.objects.bulk_create(_said(panel, number, brands, draw), batch_size=1000)
    _employees(now, draw)


def _said(
    panel: Panel, number: int, brands: Mapping[str, Brand], draw: random.Random
) -> Iterator[PanelAnswer]:
    """Each person rates two brands, and is a little kinder or stricter to both."""
    for person in range(PEOPLE):
        mood, weight = draw.gauss(0, 1.1), draw.choice((0.7, 1.0, 1.0, 1.3))
        segment, day = draw.choice(SEGMENTS), draw.randrange(14)
        for name in draw.sample(list(BRANDS), RATED_EACH):
            liking = BRANDS[name][number] + mood + draw.gauss(0, 1.5)
            yield PanelAnswer(
                panel=panel,
                brand=brands[name],
                person=f"P{person + 1:04d}",
                segment=segment,
                score=_whole(liking),
                weight=weight,
                ratings={
                    aspect: float(_whole(pull * liking + (1 - pull) * draw.gauss(7, 2.0)))
                    for aspect, pull in zip(ASPECTS, (0.7, 0.35, 0.6, 0.2), strict=True)
                    if draw.random() > 0.08
                },
                answered_on=panel.fielded_from + timedelta(days=day),
                row=person + 2,
            )


def _whole(value: float) -> int:
    return min(10, max(0, round(value)))


def _employees(now: datetime, draw: random.Random) -> None:
    """Two rounds of the anonymous survey; units whose customers are happier have happier people."""
    began = datetime.combine(now.date() - timedelta(days=240), time(9), tzinfo=UTC)
    survey: Survey = create_survey(
        actor=SYSTEM,
        name="How is it to work here?",
        kind=SurveyKind.EMPLOYEE,
        languages=["en", "ru", "uk", "pl"],
        template="employees",
        now=began,
        is_demo=True,
    )
    version = publish_version(actor=SYSTEM, survey=survey, now=began)
    units = list(Unit.objects.filter(is_demo=True).exclude(parent=None))
    rows: list[Response] = []
    for unit in units:
        size = draw.choice((2, 6, 8, 11, 14, 17))
        for place in range(WAVES):
            day = (now - timedelta(days=200 - 170 * place)).date()
            rows += _answers(survey, version.pk, unit, day, size, draw)
    Response.objects.bulk_create(rows, batch_size=1000)


def _answers(
    survey: Survey, version: int, unit: Unit, day: date, size: int, draw: random.Random
) -> Sequence[Response]:
    """Some units are too small to be shown, as in life."""
    shift = QUALITY[unit.external_id].shift if unit.external_id in QUALITY else 0.0
    level, found = 7.4 + 2.2 * shift + draw.gauss(0, 0.5), []
    for _person in range(size):
        score = _whole(draw.gauss(level, 1.9))
        at = datetime.combine(day + timedelta(days=draw.randrange(14)), time(10), tzinfo=UTC)
        found.append(
            Response(
                survey=survey,
                version_id=version,
                kind=SurveyKind.EMPLOYEE,
                unit=unit,
                score=score,
                language="en",
                source=Source.EMAIL,
                answers={
                    "work": {a: min(5, max(1, round(score / 2 + draw.gauss(0, 0.9)))) for a in WORK}
                },
                answered_at=at,
                updated_at=at,
                opens_case=False,
            )
        )
    return found
