"""Where does a text hold a number that has letters in it: a passport, an account, an insurance?"""

import re
from collections.abc import Iterator

from loopwell.kit.masking.found import Found, Kind
from loopwell.kit.masking.orders import is_order

IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?=[ ]?[A-Z0-9])", re.IGNORECASE)
IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IS": 26, "IT": 27, "KZ": 20, "LT": 20, "LU": 20, "LV": 21, "MD": 24, "MT": 31,
    "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "RS": 22, "RU": 33, "SE": 24, "SI": 19,
    "SK": 24, "TR": 26, "UA": 29,
}  # fmt: skip
SHAPES = re.compile(
    r"(?<!\w)(?:"
    r"[A-ZА-ЯІЇЄ]{2}[ ]?№?[ ]?\d{6,7}"  # passports of Ukraine and Poland
    r"|[A-Z]{3}[ ]?\d{6}"  # identity card of Poland
    r"|[A-Z]\d{8}"  # passport of the United States
    r"|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ ]?\d{2}){3}[ ]?[A-D]"  # national insurance, Britain
    r")(?!\w)"
)
CALLED = re.compile(
    r"(?<!\w)(?:passport|id[ ]card|pa[sś]zport\w{0,2}|dow[oó]d\w{0,2}|паспорт\w{0,3}|pesel|nip|ssn"
    r"|инн|іпн|рнокпп|снилс)"
    r"(?:[ ]?(?:number|no|nr|numer|osobisty|номер|серия|серія)){0,2}[ .:№#-]{0,3}"
    r"([A-ZА-ЯІЇЄ]{0,3}[ ]?\d(?:[ -]?\d){5,13})(?!\w)",
    re.IGNORECASE,
)
WEIGHTS = (7, 3, 1, 7, 3, 1, 7, 3)
"""Of an identity card of Poland, without its fourth character, which checks the others."""


def papers_in(text: str) -> Iterator[Found]:
    yield from _ibans(text)
    for found in CALLED.finditer(text):
        yield Found(*found.span(1), Kind.NUMBER)
    for found in SHAPES.finditer(text):
        if not is_order(text, found.start()) and _is_paper(found[0]):
            yield Found(*found.span(), Kind.NUMBER)


def _ibans(text: str) -> Iterator[Found]:
    for found in IBAN.finditer(text):
        length = IBAN_LENGTHS.get(text[found.start() : found.start() + 2].upper())
        end = _end_of(text, found.start(), length) if length else None
        if end is not None and _is_iban(text[found.start() : end]):
            yield Found(found.start(), end, Kind.NUMBER)


def _end_of(text: str, start: int, length: int) -> int | None:
    """Where so many letters and digits end, single spaces between them."""
    at, left = start, length
    while left and at < len(text):
        if text[at].isascii() and text[at].isalnum():
            left -= 1
        elif text[at] != " " or text[at - 1] == " ":
            return None
        at += 1
    whole = not left and (at == len(text) or not text[at].isalnum())
    return at if whole else None


def _is_iban(raw: str) -> bool:
    plain = raw.replace(" ", "").upper()
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


def _is_paper(raw: str) -> bool:
    plain = re.sub(r"[ №]", "", raw)
    if not (len(plain) == 9 and plain[:3].isalpha()):
        return True
    values = [int(each, 36) for each in plain[:3] + plain[4:]]
    return sum(v * w for v, w in zip(values, WEIGHTS, strict=True)) % 10 == int(plain[3])
