"""Are letters of the old DOS code page 850 left over in a Windows file, and which were meant?

Databases that once moved from DOS hold “employ‚s” for “employés”, in the middle of texts that
are right otherwise. A low quotation mark between two small letters gives them away: no
language writes one there.
"""

import re

CERTAIN = re.compile(rb"[a-z]\x82[a-z]")
ENOUGH = 10
SMALL = "[a-zß-ÿ]"
PLACES = re.compile(f"(?<={SMALL})[ƒ‡ˆ‰Š‹Œ“–—](?={SMALL})|‚(?={SMALL})|(?<={SMALL})‚|\x90(?=\\w)")
MEANT = dict(zip("‚ƒ‡ˆ‰Š‹Œ“–—\x90", "éâçêëèïîôûùÉ", strict=True))


def has_leftovers(evidence: bytes) -> bool:
    """Whether enough places in these cp1252 bytes can only be code page 850."""
    return len(CERTAIN.findall(evidence)) >= ENOUGH


def mend(text: str) -> str:
    """The text with such letters replaced where they stand inside words."""
    return text if text.isascii() else PLACES.sub(lambda found: MEANT[found[0]], text)
