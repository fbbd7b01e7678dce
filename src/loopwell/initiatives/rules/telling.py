"""Which words does a customer read, and is a message ready to be sent?"""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.cases.rules.letters import filled_in, unknown_fields

FIELDS = ("customer", "agent", "company", "unit")
LONGEST = 20_000
SALT = "loopwell.initiatives.telling"
"""Signs the link by which a customer says that they want no more mail."""

Words = Mapping[str, Mapping[str, str]]


def cleaned(words: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    """By language; those without words are left out."""
    return {
        code: {"subject": " ".join(subject.split()), "text": text.strip().replace("\r\n", "\n")}
        for code, (subject, text) in words.items()
        if subject.strip() or text.strip()
    }


def faults(words: Words) -> dict[str, list[str]]:
    """By field of the form."""
    found: dict[str, list[str]] = {}
    for code, said in words.items():
        if not said["subject"] or len(said["subject"]) > 300:
            found[f"subject_{code}"] = [_("Write what it is about, in at most 300 characters.")]
        if not said["text"] or len(said["text"]) > LONGEST:
            found[f"text_{code}"] = [_("Write the message, in at most 20,000 characters.")]
        both = said["subject"] + said["text"]
        if strange := sorted({*unknown_fields(both)} | ({"case"} if "{case}" in both else set())):
            known = ", ".join(f"{{{each}}}" for each in FIELDS)
            message = _("Nothing is known to put in for {%(name)s}. These work: %(known)s")
            found.setdefault(f"text_{code}", []).append(
                message % {"name": strange[0], "known": known}
            )
    if not words:
        found["text_en"] = [_("Write the message in one language at least.")]
    return found


def language_read(words: Words, language: str) -> str:
    """The customer's, else the company's, English, or whichever there is."""
    own = language.lower().partition("-")[0]
    for code in (own, str(settings.LANGUAGE_CODE), "en", *words):
        if code in words:
            return code
    return own


def said_to(words: Words, language: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text with the names put in."""
    said = words[language_read(words, language)]
    return filled_in(said["subject"], fields).strip()[:300], filled_in(said["text"], fields)
