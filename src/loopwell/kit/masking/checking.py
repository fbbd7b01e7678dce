"""Are these digits a bank card or a person's number? By check digits and how they are grouped.

Checks: Luhn for cards; PESEL and NIP of Poland; RNOKPP of Ukraine; INN and SNILS of Russia.
"""

from collections.abc import Sequence

Shape = tuple[int, ...]
PESEL = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
NIP = (6, 5, 7, 2, 3, 4, 5, 6, 7)
RNOKPP = (-1, 5, 7, 9, 4, 6, 10, 5, 7)
INN_FIRST = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_SECOND = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
BY_SHAPE = frozenset({(4, 6), (2, 2, 6), (8, 5), (3, 2, 4)})
"""Passport of Russia, number in Ukraine's register of people, social security of the USA."""
NIP_SHAPES = frozenset({(10,), (3, 3, 2, 2), (3, 2, 2, 3)})


def is_card(plain: str, shape: Shape) -> bool:
    if not (13 <= len(plain) <= 19 and plain[0] in "23456" and min(shape) >= 3):
        return False
    doubled = [int(each) * (1 + at % 2) for at, each in enumerate(reversed(plain))]
    return sum(each - 9 * (each > 9) for each in doubled) % 10 == 0


def is_persons_number(plain: str, shape: Shape) -> bool:
    if len(set(plain)) == 1:
        return False
    if shape in BY_SHAPE:
        return True
    digits = [int(each) for each in plain]
    match len(plain):
        case 10:
            nip = _weighed(digits, NIP) % 11 == digits[9] and shape in NIP_SHAPES
            return nip or (len(shape) == 1 and _weighed(digits, RNOKPP) % 11 % 10 == digits[9])
        case 11:
            return _is_pesel(digits, shape) or _is_snils(digits, shape)
        case 12:
            first = _weighed(digits, INN_FIRST) % 11 % 10 == digits[10]
            return (
                len(shape) == 1 and first and _weighed(digits, INN_SECOND) % 11 % 10 == digits[11]
            )
    return False


def _weighed(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(d * w for d, w in zip(digits, weights, strict=False))


def _is_pesel(digits: Sequence[int], shape: Shape) -> bool:
    month, day = (digits[2] * 10 + digits[3]) % 20, digits[4] * 10 + digits[5]
    right = (10 - _weighed(digits, PESEL) % 10) % 10 == digits[10]
    return len(shape) == 1 and 1 <= month <= 12 and 1 <= day <= 31 and right


def _is_snils(digits: Sequence[int], shape: Shape) -> bool:
    right = _weighed(digits, range(9, 0, -1)) % 101 % 100 == digits[9] * 10 + digits[10]
    return shape in ((3, 3, 3, 2), (11,)) and right
