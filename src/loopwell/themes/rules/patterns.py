"""Where does a comment show what a rule looks for: words in any form, phrases, expressions?

A line is a word or a phrase; each of its words stands for all its forms (“waited” finds “waiting”
as far as the dictionary knows them), `*` at the end of a word for any ending. A rule of regular
expressions has one expression a line. Nothing here may take long: an expression that needs more
than its time in a comment is stopped (`SlowPattern`), since some need years.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import regex
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.themes.rules.expressions import Span, expression, expression_spans
from loopwell.themes.rules.lemmas import forms

WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[’'\-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*")
"""With its marks: an accent typed by itself, the vowels of Hindi."""
LONGEST = 4_000
"""Characters of a comment that are looked at."""
MOST_LINES = 200


class Token(NamedTuple):
    text: str
    span: Span


@dataclass(frozen=True)
class Patterns:
    """A rule ready to be looked for."""

    phrases: tuple[tuple[str, ...], ...] = ()
    expressions: tuple[Any, ...] = ()
    exceptions: tuple[tuple[str, ...], ...] = ()

    def spans(self, comment: str, tokens: Sequence[Token] | None = None) -> list[Span]:
        """Where the comment shows it; nothing where an exception stands in it.

        Raises SlowPattern.
        """
        text = comment[:LONGEST]
        words = tokens_of(text) if tokens is None else tokens
        if any(True for phrase in self.exceptions for _span in _phrase_spans(words, phrase)):
            return []
        found = {span for phrase in self.phrases for span in _phrase_spans(words, phrase)}
        for each in self.expressions:
            found |= set(expression_spans(each, text))
        return sorted(found)


def patterns_of(lines: str, exceptions: str = "", *, regular: bool = False) -> Patterns:
    """Raises Invalid naming the line that cannot be used."""
    given = _lines(lines)
    if not given:
        message = _("Write at least one word, phrase or expression.")
        raise Invalid(message, fields={"patterns": [message]})
    if len(given) > MOST_LINES:
        message = _("At most %(most)d lines: make a second rule.") % {"most": MOST_LINES}
        raise Invalid(message, fields={"patterns": [message]})
    barred = _phrases(_lines(exceptions), "exceptions")
    if regular:
        return Patterns(expressions=tuple(expression(*each) for each in given), exceptions=barred)
    return Patterns(phrases=_phrases(given, "patterns"), exceptions=barred)


def _phrases(lines: Sequence[tuple[int, str]], field: str) -> tuple[tuple[str, ...], ...]:
    phrases = []
    for number, line in lines:
        phrase = _phrase(line)
        if not phrase:
            message = _("Line %(number)d, “%(line)s”, holds no word.")
            told = message % {"number": number, "line": line}
            raise Invalid(told, fields={field: [told]})
        phrases.append(phrase)
    return tuple(phrases)


def tokens_of(text: str) -> list[Token]:
    return [Token(_plain(match[0]), Span(*match.span())) for match in WORD.finditer(text)]


def _plain(word: str) -> str:
    """One case, one kind of apostrophe and of accents, however it was typed."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.casefold().replace("’", "'"))


def _lines(text: str) -> list[tuple[int, str]]:
    lines = enumerate(text.splitlines(), 1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


def _phrase(line: str) -> tuple[str, ...]:
    """Its words; one that ends in `*` keeps it."""
    found = []
    for match in WORD.finditer(line):
        star = line[match.end() : match.end() + 1] == "*"
        found.append(_plain(match[0]) + ("*" if star else ""))
    return tuple(found)


def _phrase_spans(words: Sequence[Token], phrase: Sequence[str]) -> Iterator[Span]:
    many = len(phrase)
    for at in range(len(words) - many + 1):
        if all(is_form(word.text, want) for word, want in zip(words[at:], phrase, strict=False)):
            yield Span(words[at].span.start, words[at + many - 1].span.end)


def is_form(word: str, wanted: str) -> bool:
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    return word == wanted or not forms(word).isdisjoint(forms(wanted))
