"""How does a secret that somebody typed in (an address with a token) lie in the database?

Sealed with a key derived from the installation's secret key: a copy of the database alone does
not reveal it. `purpose` keeps one kind of secret from being read as another.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """It was sealed with another secret key: it must be entered again."""


def seal(text: str, *, purpose: str) -> str:
    return _key(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    try:
        return _key(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(purpose) from error


def _key(purpose: str) -> Fernet:
    digest = salted_hmac(f"loopwell.sealing.{purpose}", "key", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
