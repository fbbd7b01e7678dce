"""What can be found in a text that says who somebody is?"""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    PHONE = "phone"
    MAIL = "mail"
    CARD = "card"
    NUMBER = "number"
    NAME = "name"


class Found(NamedTuple):
    """From `start` to before `end`, in characters."""

    start: int
    end: int
    kind: Kind
