"""Do two coders agree? Against published numbers."""

import pytest

from loopwell.calc.agreement import alpha, label_agreement, masi_distance

A, B = frozenset({"a"}), frozenset({"b"})


def test_kappa_of_cohen() -> None:
    """20, 5, 10, 15: the textbook's example, kappa 0.40."""
    pairs = [(A, A)] * 20 + [(A, B)] * 5 + [(B, A)] * 10 + [(B, B)] * 15

    found = label_agreement(pairs, "a")

    assert (found.both, found.first, found.second, found.neither) == (20, 5, 10, 15)
    assert found.kappa == pytest.approx(0.4)


def test_kappa_is_unknown_where_nobody_used_the_label() -> None:
    assert label_agreement([(A, A)], "z").kappa is None


def test_alpha_of_single_labels_is_the_nominal_one() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example A: 0.095."""
    first, second = "0100000000", "1110010010"
    pairs = [(frozenset({x}), frozenset({y})) for x, y in zip(first, second, strict=True)]

    assert alpha(pairs) == pytest.approx(0.095, abs=0.0005)


def test_alpha_counts_half_agreement() -> None:
    both = frozenset({"a", "b"})
    whole = alpha([(both, both), (B, B), (A, A)])
    half = alpha([(both, A), (B, B), (A, A)])
    none = alpha([(both, frozenset({"c"})), (B, B), (A, A)])

    assert whole == 1
    assert half is not None
    assert none is not None
    assert whole > half > none


def test_alpha_is_unknown_where_all_are_the_same() -> None:
    assert alpha([(A, A), (A, A)]) is None
    assert alpha([]) is None


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ({"a"}, {"a"}, 0), (set(), set(), 0), ({"a"}, {"b"}, 1), ({"a"}, set(), 1),
        ({"a", "b"}, {"a"}, 1 - 2 / 3 / 2), ({"a", "b"}, {"b", "c"}, 1 - 1 / 3 / 3),
    ],
)  # fmt: skip
def test_masi(first: set[str], second: set[str], distance: float) -> None:
    assert masi_distance(frozenset(first), frozenset(second)) == pytest.approx(distance)
