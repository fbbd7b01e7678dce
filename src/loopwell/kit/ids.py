"""How do we name things to the outside without telling how many there are?"""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 14


def new_ref() -> str:
    """An opaque public reference: 14 characters of 31, 69 random bits, no look-alikes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
