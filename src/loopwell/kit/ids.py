"""How do we name things to the outside without telling how many there are?"""

import os
import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 14
ALIKE = 4
_UNEVEN = bytes(range(256 - 256 % len(ALPHABET), 256))
_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


_drawn: list[str] = []
os.register_at_fork(after_in_child=_drawn.clear)  # parent and child must not give the same


def new_ref() -> str:
    """An opaque public reference: 14 characters of 31, 69 random bits, no look-alikes."""
    while True:
        try:
            return _drawn.pop()
        except IndexError:  # asking the kernel takes longer than making sixty of them
            _drawn.extend(new_refs(64))


def new_refs(count: int) -> list[str]:
    """As many references as asked, drawn together: ten times cheaper than one by one."""
    letters = _letters(count * LENGTH)
    return [letters[at : at + LENGTH] for at in range(0, count * LENGTH, LENGTH)]


def neighbouring_refs(count: int) -> list[str]:
    """For thousands of rows written at once: in order, and alike in their first letters, so that
    an index of millions takes them all at one place. 49 random bits tell them apart."""
    begin, length = _letters(ALIKE), LENGTH - ALIKE
    letters = _letters(count * length)
    drawn = {letters[at : at + length] for at in range(0, count * length, length)}
    while len(drawn) < count:
        drawn.add(_letters(length))
    return [begin + each for each in sorted(drawn)]


def _letters(count: int) -> str:
    letters = ""
    while len(letters) < count:  # bytes that would favour some letters are left out
        drawn = secrets.token_bytes(count - len(letters) + LENGTH)
        letters += drawn.translate(_LETTERS, _UNEVEN).decode("ascii")
    return letters[:count]
