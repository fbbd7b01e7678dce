"""Links: ours are recognised, everybody else's are not."""

import pytest
from django.test import override_settings

from loopwell.kit.ids import ALPHABET, new_ref
from loopwell.sampling.links import ref_of, token_of


def test_a_token_leads_back_to_its_invitation() -> None:
    for ref in [new_ref() for _ in range(200)]:
        assert ref_of(token_of(ref)) == ref


def test_changing_any_character_breaks_the_token() -> None:
    token = token_of(new_ref())

    for place in range(len(token)):
        other = next(letter for letter in ALPHABET if letter != token[place])
        assert ref_of(token[:place] + other + token[place + 1 :]) is None


@pytest.mark.parametrize("odd", ["", "a", "x" * 34, "x" * 33, "é" * 34, "x" * 10_000, "../../etc"])
def test_what_is_no_token_is_refused(odd: str) -> None:
    assert ref_of(odd) is None


def test_another_installation_cannot_make_our_tokens() -> None:
    ref = new_ref()
    with override_settings(SECRET_KEY="somebody else's"):
        foreign = token_of(ref)

    assert ref_of(foreign) is None
    assert foreign[:14] == ref
