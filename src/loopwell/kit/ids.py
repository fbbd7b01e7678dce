"""How do we name things to the outside without telling how many there are?"""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 14


def new_ref() -> str:
    """An opaque public reference: 14 characters of 31, 69 random bits, no look-alikes."""
    number = secrets.randbits(128)
    letters = []
    for _ in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)
