"""What is the best guess of each group's true score, where small groups jump about by chance?"""

from collections.abc import Sequence

from loopwell.calc.nps import Counts, nps, standard_error


def shrunk(groups: Sequence[Counts]) -> list[float]:
    """Each group's score in points, drawn towards the groups' mean the more, the fewer answered.

    Empirical Bayes with the between-group variance of DerSimonian and Laird (Controlled Clinical
    Trials 7, 1986); for the idea: Efron and Morris, Scientific American 236 (1977). A group without
    answers gets the mean; without any answers at all every guess is 0.
    """
    known = [(value, standard_error(c) ** 2) for c in groups if (value := nps(c)) is not None]
    if not known:
        return [0.0] * len(groups)
    between = _between(known)
    weights = [1 / (noise + between) for _value, noise in known]
    mean = sum(w * value for w, (value, _noise) in zip(weights, known, strict=True)) / sum(weights)
    return [_towards(mean, counts, between) for counts in groups]


def _towards(mean: float, counts: Counts, between: float) -> float:
    value = nps(counts)
    if value is None:
        return mean
    share = between / (between + standard_error(counts) ** 2)
    return mean + share * (value - mean)


def _between(known: Sequence[tuple[float, float]]) -> float:
    """Variance of the true scores between groups; 0 where the differences are all chance."""
    if len(known) < 2:
        return 0.0
    weights = [1 / noise for _value, noise in known]
    total = sum(weights)
    mean = sum(w * value for w, (value, _noise) in zip(weights, known, strict=True)) / total
    spread = sum(w * (value - mean) ** 2 for w, (value, _) in zip(weights, known, strict=True))
    scale = total - sum(w * w for w in weights) / total
    return max(0.0, (spread - (len(known) - 1)) / scale)
