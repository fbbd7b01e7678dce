"""Which Windows code page do these bytes make sense in: western, central European or Cyrillic?

Each candidate is judged by how usual its non-ASCII letters are in the languages written with it,
and by whether scripts mix inside a word (French read as Cyrillic gives “trиs”).
"""

import math
from collections import Counter

# Non-ASCII letters by rough frequency (per cent of such letters), one line a language.
LANGUAGES: dict[str, tuple[dict[str, float], ...]] = {
    "cp1252": (
        {
            "é": 60,
            "è": 12,
            "à": 12,
            "ê": 6,
            "ç": 3,
            "ô": 2,
            "î": 2,
            "û": 1,
            "ù": 1,
            "â": 1,
            "ï": 0.5,
            "ë": 0.5,
            "œ": 0.5,
            "É": 1,
            "À": 0.5,
        },
        {"ü": 35, "ä": 30, "ö": 17, "ß": 15, "Ü": 2, "Ä": 1, "Ö": 1},
        {"ó": 35, "í": 25, "á": 20, "é": 12, "ñ": 10, "ú": 6, "¿": 2, "¡": 2, "ü": 0.5},
        {"ã": 25, "ç": 20, "é": 15, "á": 13, "í": 10, "ó": 7, "ê": 6, "õ": 4, "à": 3, "ú": 3},
        {"ä": 45, "å": 25, "ö": 28, "ø": 18, "æ": 14, "é": 1, "Å": 1, "Ä": 1, "Ö": 1, "Ø": 1},
    ),
    "cp1250": (
        {
            "ł": 22,
            "ę": 16,
            "ó": 13,
            "ą": 13,
            "ż": 12,
            "ś": 10,
            "ć": 6,
            "ń": 3,
            "ź": 1,
            "Ś": 0.8,
            "Ż": 0.8,
            "Ł": 0.8,
            "Ć": 0.2,
        },
        {
            "í": 17,
            "á": 15,
            "ě": 10,
            "é": 9,
            "ř": 8,
            "č": 7,
            "ž": 7,
            "š": 6,
            "ý": 7,
            "ů": 5,
            "ú": 1,
            "ť": 0.5,
            "ď": 0.5,
            "ň": 0.5,
            "ľ": 2,
            "ô": 1,
        },
        {"é": 30, "á": 30, "ö": 10, "ő": 8, "ó": 9, "í": 5, "ü": 5, "ú": 3, "ű": 2},
        {"š": 30, "č": 28, "ž": 22, "ć": 14, "đ": 6, "Š": 1, "Č": 1, "Ž": 1},
    ),
    "cp1251": (
        {
            "о": 11,
            "е": 8.5,
            "а": 8,
            "и": 7.4,
            "н": 6.7,
            "т": 6.3,
            "с": 5.5,
            "р": 4.7,
            "в": 4.5,
            "л": 4.3,
            "к": 3.5,
            "м": 3.2,
            "д": 3,
            "п": 2.8,
            "у": 2.6,
            "я": 2,
            "ы": 1.9,
            "ь": 1.7,
            "г": 1.7,
            "з": 1.7,
            "б": 1.6,
            "ч": 1.5,
            "й": 1.2,
            "х": 1,
            "ж": 0.9,
            "ш": 0.7,
            "ю": 0.6,
            "ц": 0.5,
            "щ": 0.4,
            "э": 0.3,
            "ф": 0.3,
            "ъ": 0.04,
            "ё": 0.1,
            "і": 3,
            "ї": 0.6,
            "є": 0.5,
            "ґ": 0.05,
        },
    ),
}
RARE = 0.01
PUNCTUATION = frozenset("€‚„…†‡‰‹‘’“”•–—›™ ¦§©«¬®°±·»№´¨¸\u00ad")


def likeliest_code_page(evidence: bytes) -> str:
    """cp1250, cp1251 or cp1252 (also for latin-1, which it contains but for control codes)."""
    return max(LANGUAGES, key=lambda page: _plausibility(evidence, page))


def _plausibility(evidence: bytes, page: str) -> float:
    text = evidence.decode(page, errors="replace")
    letters = Counter(c for c in text if ord(c) > 127 and c not in PUNCTUATION)
    total = sum(letters.values())
    if not total:
        return 0.0 if page == "cp1252" else -1.0
    best = max(_mean_log(letters, total, usual) for usual in LANGUAGES[page])
    return best - 6 * _mixed_share(text, cyrillic=page == "cp1251")


def _mean_log(letters: Counter[str], total: int, usual: dict[str, float]) -> float:
    sum_of_shares = sum(usual.values())
    return sum(
        count * math.log(max(usual.get(c, usual.get(c.lower(), 0) / 20), RARE) / sum_of_shares)
        for c, count in letters.items()
    ) / total + math.log(len(usual))


def _mixed_share(text: str, *, cyrillic: bool) -> float:
    """Share of non-ASCII letters that stand beside a letter of the wrong script."""
    wrong = total = 0
    for before, c, after in zip(text, text[1:], text[2:], strict=False):
        if ord(c) <= 127 or not c.isalpha():
            continue
        total += 1
        beside_ascii = (before.isascii() and before.isalpha()) or (
            after.isascii() and after.isalpha()
        )
        wrong += beside_ascii if cyrillic else not beside_ascii
    if not total:
        return 0.0
    return wrong / total if cyrillic else 0.5 * wrong / total
