"""What is the address of a link, and which answer does an address after it belong to?"""

from django.conf import settings

from loopwell.sampling.enums import LinkKind
from loopwell.sampling.links import ref_of, token_of

SALT = "loopwell.sampling.linking"
DOORS = {LinkKind.KIOSK.value: "k"}


def address_of(ref: str, kind: str) -> str:
    """Short enough to be typed from a sheet of paper."""
    return f"{settings.BASE_URL}/{DOORS.get(kind, 'l')}/{ref}/"


def script_of(ref: str) -> str:
    return f"{settings.BASE_URL}/embed/{ref}.js"


def answer_token(ref: str) -> str:
    """The signed name of an answer given through a link: only who gave it can change it."""
    return token_of(ref, salt=SALT)


def answer_ref(token: str) -> str | None:
    return ref_of(token, salt=SALT)
