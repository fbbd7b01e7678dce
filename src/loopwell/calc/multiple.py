"""Which of many p-values still count once we admit how many questions were asked?"""

from collections.abc import Callable, Sequence


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjusted p-values in the order given; None (not tested) passes through uncounted.

    Controls the chance of even one false finding. Holm, Scand. J. Statistics 6 (1979).
    """
    return _adjust(p_values, _step_down)


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjusted p-values in the order given; None (not tested) passes through uncounted.

    Controls the share of false ones among the findings, for independent or positively dependent
    tests. Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995).
    """
    return _adjust(p_values, _step_up)


def _step_down(ascending: list[float]) -> list[float]:
    tests, highest, adjusted = len(ascending), 0.0, []
    for rank, p in enumerate(ascending):
        highest = max(highest, min(1.0, (tests - rank) * p))
        adjusted.append(highest)
    return adjusted


def _step_up(ascending: list[float]) -> list[float]:
    tests, lowest, adjusted = len(ascending), 1.0, []
    for rank in range(tests, 0, -1):
        lowest = min(lowest, ascending[rank - 1] * tests / rank)
        adjusted.append(lowest)
    return adjusted[::-1]


def _adjust(
    p_values: Sequence[float | None], method: Callable[[list[float]], list[float]]
) -> list[float | None]:
    tested = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    for p, place in tested:
        if not 0 <= p <= 1:
            raise ValueError(f"p-value {p} at position {place} is not between 0 and 1")
    result: list[float | None] = [None] * len(p_values)
    for (_, place), p in zip(tested, method([p for p, _ in tested]), strict=True):
        result[place] = p
    return result
