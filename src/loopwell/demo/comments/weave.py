"""What would this customer write, in this mood, about this?"""

import random
from collections.abc import Mapping

from loopwell.demo.comments import en, pl, ru, uk
from loopwell.demo.comments.phrases import Phrases, spoken

PHRASES: dict[str, Phrases] = {
    "en": en.PHRASES,
    "ru": ru.PHRASES,
    "uk": uk.PHRASES,
    "pl": pl.PHRASES,
}
EMOJI = {
    "awful": ("😡", "👎", "🤬", "😠", "👎👎"),
    "poor": ("😕", "🙁", "😒", "🤷", "👎"),
    "fair": ("🙂", "🤔", "👌"),
    "good": ("👍", "😊", "❤️", "👏", "🙂", "👍👍", "⭐⭐⭐⭐⭐"),
}


def mood(score: int) -> str:
    """awful 0–3, poor 4–6, fair 7–8, good 9–10."""
    return "awful" if score <= 3 else "poor" if score <= 6 else "fair" if score <= 8 else "good"


def write_comment(
    draw: random.Random,
    *,
    language: str,
    score: int,
    causes: tuple[str, ...],
    gender: str,
    touchpoint: str,
) -> str:
    """A comment of one word to some five sentences."""
    phrases, tone = PHRASES[language], mood(score)
    if draw.random() < 0.09:
        return _by_hand(draw, spoken(draw, draw.choice(phrases.short[tone]), gender), tone)
    parts = [_about(draw, phrases.core, causes[0], touchpoint)]
    if draw.random() < 0.47:
        parts.append(_about(draw, phrases.detail, causes[0], touchpoint))
    parts += [_about(draw, phrases.core, cause, touchpoint) for cause in causes[1:]]
    if draw.random() < 0.36:
        parts.insert(0, draw.choice(phrases.opening[tone]))
    if draw.random() < 0.39:
        parts.append(draw.choice(phrases.closing[tone]))
    text = " ".join(spoken(draw, part, gender) for part in parts)
    return _by_hand(draw, text.replace(" .", "."), tone)


def _about(
    draw: random.Random, table: Mapping[str, tuple[str, ...]], cause: str, touchpoint: str
) -> str:
    """A phrase about the cause, at this touchpoint where it has words of its own."""
    return draw.choice(table.get(f"{cause}@{touchpoint}") or table[cause])


def _by_hand(draw: random.Random, text: str, tone: str) -> str:
    """People type: small letters, no full stop, slips, shouting, emoji."""
    if draw.random() < 0.08:
        text = text.lower()
    if text.endswith(".") and draw.random() < 0.28:
        text = text[:-1]
    if draw.random() < 0.035:
        text = _slip(draw, text)
    if tone == "awful" and draw.random() < 0.10:
        text = text.rstrip(".") + "!!!" if draw.random() < 0.6 else text.upper()
    if draw.random() < 0.08:
        text = f"{text} {draw.choice(EMOJI[tone])}"
    return text


def _slip(draw: random.Random, text: str) -> str:
    """One letter lost, doubled or swapped with its neighbour inside a word."""
    places = [i for i in range(1, len(text) - 2) if text[i - 1 : i + 3].isalpha()]
    if not places:
        return text
    place = draw.choice(places)
    left, one, two, right = text[:place], text[place], text[place + 1], text[place + 2 :]
    return left + draw.choice((two, one + one + two, two + one)) + right
