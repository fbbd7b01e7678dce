"""Are these digits a phone number?"""

import phonenumbers
from phonenumbers import PhoneNumberType

MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
Shape = tuple[int, ...]


def is_international(plain: str) -> bool:
    """Digits behind a plus, or with 00 before them."""
    number = _read("+" + plain.removeprefix("00"), None)
    return number is not None and phonenumbers.is_possible_number(number)


def is_national(plain: str, shape: Shape) -> bool:
    """As they are written at home: only what begins or is grouped as phones are, so that a number
    of goods is not taken for one."""
    return any(_is_valid(text, region) for text, region in _readings(plain, shape))


def _readings(plain: str, shape: Shape) -> list[tuple[str, str | None]]:
    length, grouped = len(plain), len(shape) > 2
    found: list[tuple[str, str | None]] = []
    if (length, plain[:2]) in ((12, "38"), (12, "44"), (11, "48")):
        found.append((f"+{plain}", None))
    if plain[0] == "0" and length in (10, 11):
        found += [(plain, "UA"), (plain, "GB")]
    if plain[0] in "78" and length == 11:
        found.append((plain, "RU"))
    if length == 10 and grouped:
        found += [(plain, "RU")] if plain[0] == "9" else []
        found += [(plain, "US")] if shape == (3, 3, 4) else []
    if length == 9 and (grouped or _is_mobile(plain, "PL")):
        found.append((plain, "PL"))
    if shape == (2, 3, 2, 2):
        found.append((plain, "UA"))
    return found


def _is_valid(text: str, region: str | None) -> bool:
    number = _read(text, region)
    return number is not None and phonenumbers.is_valid_number(number)


def _is_mobile(text: str, region: str) -> bool:
    number = _read(text, region)
    return number is not None and phonenumbers.number_type(number) in MOBILE


def _read(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
