"""How far do the scores of two brands move together, because the same people rated both?"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.benchmarks.models import Panel
from loopwell.benchmarks.queries.panels import Sums, category_of, panel_answers

Word = tuple[str, int, float, int]
"""Who said it, of which brand, with which weight, and -1, 0 or 1."""


def together(
    actor: Actor, panel: Panel, found: Mapping[int, Sums], segment: str = ""
) -> Mapping[frozenset[int], float]:
    """By two brands' ids; `found` is that of the same panel and segment. People who are not told
    apart count as different ones."""
    require(actor, Right.READ_ANSWERS)
    rows = panel_answers(panel, segment).exclude(person="")
    told = rows.values_list("person", "brand", "weight", "score")
    return joint_of(
        [(person, brand, weight, category_of(score) - 1) for person, brand, weight, score in told],
        found,
    )


def joint_of(said: Sequence[Word], found: Mapping[int, Sums]) -> Mapping[frozenset[int], float]:
    """The correlation of two brands' scores as estimates, from -1 to 1.

    It is the sum over people of the product of their weighted distances from each brand's mean,
    over the root of both sums of squares: where few rated both, or none, it is near zero.
    """
    if not said:
        return {}
    brands, people = {pk: place for place, pk in enumerate(found)}, dict[str, int]()
    person = [people.setdefault(name, len(people)) for name, *_rest in said]
    brand = [brands[pk] for _name, pk, *_rest in said]
    weight, value = (np.array([word[place] for word in said], float) for place in (2, 3))
    means = np.array([(each.wp - each.wd) / each.w for each in found.values()])
    apart = np.zeros((len(people), len(brands)))
    np.add.at(apart, (person, brand), weight * (value - means[brand]))
    products, spread = apart.T @ apart, np.sqrt([_squares(each) for each in found.values()])
    return {
        frozenset((a, b)): float(np.clip(products[i, j] / (spread[i] * spread[j]), -1.0, 1.0))
        for (a, i), (b, j) in combinations(brands.items(), 2)
        if spread[i] > 0 and spread[j] > 0
    }


def _squares(each: Sums) -> float:
    """Sum of w²(x - mean)² over all who rated the brand, told apart or not."""
    mean = (each.wp - each.wd) / each.w
    passive = each.ww - each.wwp - each.wwd
    return max(each.wwp * (1 - mean) ** 2 + each.wwd * (1 + mean) ** 2 + passive * mean * mean, 0.0)
