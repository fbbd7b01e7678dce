"""Which invitation does a link belong to, and was the link made by us?

A token is the invitation's ref followed by a truncated HMAC: nobody can make one for another
customer, and a customer's link carries nothing that tells who they are.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

from loopwell.kit.ids import ALPHABET, LENGTH

SALT = "loopwell.sampling.links"
SIGNATURE = 20
"""Characters of 31 that sign the ref: 99 bits."""


def token_of(ref: str, *, salt: str = SALT) -> str:
    """The signed token of an invitation, 34 lower-case characters that survive any mail client."""
    return ref + _signature(ref, salt)


def ref_of(token: str, *, salt: str = SALT) -> str | None:
    """The ref inside a token, or None when the token was not made by this installation."""
    ref, signature = token[:LENGTH], token[LENGTH:]
    if len(token) != LENGTH + SIGNATURE or not token.isascii():
        return None
    return ref if constant_time_compare(signature, _signature(ref, salt)) else None


def _signature(ref: str, salt: str) -> str:
    number = int.from_bytes(salted_hmac(salt, ref, algorithm="sha256").digest())
    letters = []
    for _ in range(SIGNATURE):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)
