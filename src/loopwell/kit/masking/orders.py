"""Is a number that of an order, or a price? Those say nothing of a person."""

import re

ORDER = re.compile(
    r"(?:order|ticket|invoice|parcel|tracking|заказ\w{0,3}|замовлен\w{0,3}|посылк\w{0,3}"
    r"|посилк\w{0,3}|накладн\w{0,3}|ттн|zam[oó]wieni\w{0,3}|przesy[lł]k\w{0,3}|faktur\w{0,3})"
    r"[\s#№:.-]{0,3}(?:no|nr|number|numer|номер\w{0,2})?[\s#№:.-]{0,3}$",
    re.IGNORECASE,
)
MONEY_AFTER = re.compile(
    r"[\s]{0,2}(?:zł|zl\b|pln\b|грн|uah\b|гривен|руб|rub\b|р\.|₴|₽|€|\$|£|eur\b|usd\b|gbp\b|euro?s?\b"
    r"|тыс|тис|млн|tys|mln|million|pounds|dollars|,\d{1,2}(?!\d)|%)",
    re.IGNORECASE,
)
MONEY_BEFORE = re.compile(r"[€$£₴₽][\s]{0,2}$")


def is_order(text: str, start: int) -> bool:
    return ORDER.search(text[max(0, start - 40) : start]) is not None


def is_price(text: str, start: int, end: int) -> bool:
    before = MONEY_BEFORE.search(text[max(0, start - 3) : start])
    return before is not None or MONEY_AFTER.match(text, end) is not None
