"""Do those who answer stand for all customers: what share has each group, and of the answers?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson
from loopwell.insights.asking import Filters, Key, Question
from loopwell.insights.populations import customers_by_unit
from loopwell.insights.questions import ask
from loopwell.people.models import Customer
from loopwell.people.queries import properties
from loopwell.surveys.enums import SurveyKind

FEWEST, MOST = 2, 12
"""Groups that are worth a look beside each other."""
ENOUGH = 30
"""Answers below which shares are not judged."""


@dataclass(frozen=True)
class Group:
    """Shares in percent; `asked` is None where nobody was asked."""

    name: str
    customers: float
    asked: float | None
    answered: Estimate
    heard: int
    is_judged: bool

    @property
    def is_heard_less(self) -> bool:
        return self.is_judged and self.answered.high < self.customers

    @property
    def is_heard_more(self) -> bool:
        return self.is_judged and self.answered.low > self.customers


@dataclass(frozen=True)
class Likeness:
    """`by` is a property's label, among those of whom it is known; "" for units, where only
    surveys of the relationship count: customers belong to a unit and are served by others too."""

    by: str
    groups: list[Group]
    heard: int

    @property
    def leans(self) -> bool:
        return any(group.is_heard_less or group.is_heard_more for group in self.groups)


def likeness(filters: Filters, actor: Actor) -> Likeness:
    """By the first property of customers that parts them well, else by unit."""
    for each in properties():
        base = _by_property(each.name, filters.unit_path, actor)
        if FEWEST <= len([name for name in base if name]) <= MOST:
            sides = [
                _named(_asked(metric, f"property:{each.name}", filters, actor))
                for metric in ("response_rate", "answers")
            ]
            for side in (base, *sides):  # nobody stands for those of whom it is not known
                side.pop("", None)
            return _likeness(str(each.label), {name: name for name in base}, [base, *sides])
    return _by_unit(filters, actor)


def _by_property(name: str, unit_path: str, actor: Actor) -> Counter[str]:
    rows = Customer.objects.filter(actor.within(Right.READ_ANSWERS).rows(account="account"))
    if unit_path:
        rows = rows.filter(unit__path__startswith=unit_path)
    value = Coalesce(KeyTextTransform(name, "properties"), Value(""), output_field=TextField())
    counted = rows.order_by().annotate(value=value).values_list("value").annotate(n=Count("pk"))
    return Counter(dict(counted))


def _by_unit(filters: Filters, actor: Actor) -> Likeness:
    """Of the first level below with several units."""
    units = visible_units(actor).order_by("name").values_list("pk", "name", "path")
    rows = [row for row in units if row[2].startswith(filters.unit_path)]
    levels = Counter(path.count("/") for _pk, _name, path in rows)
    level = next((depth for depth in sorted(levels) if levels[depth] > 1), 0)
    names = {path: name for _pk, name, path in rows if path.count("/") == level}
    place = {pk: "/".join(path.split("/")[:level]) + "/" for pk, _name, path in rows}
    own = filters if filters.survey else replace(filters, kind=SurveyKind.RELATIONSHIP)
    counts = [customers_by_unit(actor, filters.unit_path)] + [
        _asked(metric, "unit", own, actor) for metric in ("response_rate", "answers")
    ]
    sides: list[Counter[str]] = []
    for each in counts:
        side: Counter[str] = Counter()
        for pk, count in each.items():
            path = place.get(pk, "") if isinstance(pk, int) else ""
            if path in names:
                side[path] += count
        sides.append(side)
    return _likeness("", names, sides)


def _asked(metric: str, by: str, filters: Filters, actor: Actor) -> dict[Key, int]:
    return {row.key[0]: row.n for row in ask(Question(metric, (by,), "", filters), actor)}


def _named(counts: Mapping[Key, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, count in counts.items():
        found["" if key is None else str(key)] += count
    return found


def _likeness(by: str, names: Mapping[str, str], sides: list[Counter[str]]) -> Likeness:
    customers, asked, heard = sides
    totals = [sum(side.values()) for side in sides]
    if not totals[0] or not totals[2]:
        return Likeness(by, [], totals[2])
    groups = [
        Group(
            name,
            100 * customers[key] / totals[0],
            100 * asked[key] / totals[1] if totals[1] else None,
            wilson(heard[key], totals[2]),
            heard[key],
            totals[2] >= ENOUGH,
        )
        for key, name in names.items()
        if customers[key] or heard[key]
    ]
    groups.sort(key=lambda group: -group.customers)
    return Likeness(by, groups if len(groups) >= FEWEST else [], totals[2])
