"""How sure are we when a good part of all customers has answered?"""

import math

from loopwell.calc.nps import Estimate


def with_population(estimate: Estimate, population: int) -> Estimate:
    """The interval of the population's own score when ``n`` of its ``population`` answered.

    The finite population correction √((N − n)/(N − 1)) (Cochran, Sampling Techniques, 1977, section
    2.6): those who answered are known, only the rest is guessed. It speaks of these customers at
    that time and of nobody who comes later. Never wider; no width only where all answered. A
    population smaller than n (people answered twice) counts as n.
    """
    rest = max(population, estimate.n) - estimate.n
    if rest == 0:
        return Estimate(estimate.value, estimate.value, estimate.value, estimate.n)
    factor = math.sqrt(rest / max(population - 1, 1))
    return Estimate(
        estimate.value,
        estimate.value - factor * (estimate.value - estimate.low),
        estimate.value + factor * (estimate.high - estimate.value),
        estimate.n,
    )
