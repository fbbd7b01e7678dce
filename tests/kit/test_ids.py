"""References drawn together look like those drawn one by one, and none favours a letter."""

from collections import Counter

import pytest

from loopwell.kit.ids import ALPHABET, LENGTH, new_ref, new_refs


@pytest.mark.parametrize("count", [0, 1, 7, 500])
def test_as_many_as_asked(count: int) -> None:
    found = new_refs(count)

    assert len(found) == len(set(found)) == count
    assert {len(each) for each in [*found, new_ref()]} == {LENGTH}


def test_every_letter_is_as_likely() -> None:
    """A byte taken modulo 31 without care would favour eight letters by an eighth."""
    letters = Counter("".join(new_refs(50_000)))

    assert set(letters) == set(ALPHABET)
    assert max(letters.values()) / min(letters.values()) < 1.06
