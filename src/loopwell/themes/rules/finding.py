"""Which themes do rules find in comments, and in which words?

All rules are looked for at once: each word of a comment is looked up once, however many rules
there are. What is found is what `Patterns.spans` finds rule by rule.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from loopwell.themes.rules.expressions import SlowPattern, Span, expression_spans
from loopwell.themes.rules.lemmas import forms
from loopwell.themes.rules.patterns import LONGEST, Patterns, Token, is_form, tokens_of

MOST_SLOW = 10
"""Comments in which a rule may be too slow; then it is not looked for any more."""
MOST_WORDS = 100_000
"""Words remembered with what they begin."""


@dataclass(frozen=True)
class ReadyRule:
    """A rule by its key, the theme it speaks for, and the feeling it hears."""

    key: int
    theme: int
    sentiment: int
    patterns: Patterns


@dataclass(frozen=True)
class Code:
    """One theme in one comment; `words` are its places in characters, none overlapping."""

    theme: int
    sentiment: int
    words: tuple[Span, ...]


@dataclass
class Codes:
    """What was found by the key of the text; `slow` counts the comments a rule was too slow in,
    where it is as if it found nothing."""

    found: dict[int, list[Code]] = field(default_factory=dict)
    slow: Counter[int] = field(default_factory=Counter)


def codes_by_rules(texts: Mapping[int, str], rules: Sequence[ReadyRule]) -> Codes:
    """Texts in which nothing is found are left out. Where two rules of a theme find something,
    the first says the feeling and the places of both are told."""
    codes = Codes()
    lexicon = _lexicon(tuple(rules))
    for key, comment in texts.items():
        spans = lexicon.spans(comment, codes.slow)
        by_theme: dict[int, Code] = {}
        for place in sorted(spans):
            rule = lexicon.rules[place]
            known = by_theme.get(rule.theme)
            words = (*(known.words if known else ()), *spans[place])
            feeling = known.sentiment if known else rule.sentiment
            by_theme[rule.theme] = Code(rule.theme, feeling, tuple(_apart(sorted(set(words)))))
        if by_theme:
            codes.found[key] = list(by_theme.values())
    return codes


@dataclass(frozen=True)
class _Phrase:
    rule: int
    words: tuple[str, ...]
    silences: bool


class _Lexicon:
    """All phrases of the rules by the forms, or the beginning, of their first word."""

    def __init__(self, rules: Sequence[ReadyRule]) -> None:
        self.rules = rules
        self._first: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._begins: defaultdict[int, defaultdict[str, list[_Phrase]]]
        self._begins = defaultdict(lambda: defaultdict(list))
        self._met: dict[str, tuple[_Phrase, ...]] = {}
        for place, rule in enumerate(rules):
            for words in rule.patterns.phrases:
                self._add(_Phrase(place, words, silences=False))
            for words in rule.patterns.exceptions:
                self._add(_Phrase(place, words, silences=True))
        self._regular = [n for n, rule in enumerate(rules) if rule.patterns.expressions]

    def _add(self, phrase: _Phrase) -> None:
        first = phrase.words[0]
        if first.endswith("*"):
            self._begins[len(first) - 1][first[:-1]].append(phrase)
            return
        for form in forms(first):
            self._first[form].append(phrase)

    def spans(self, comment: str, slow: Counter[int]) -> dict[int, set[Span]]:
        """By the place of the rule; adds to `slow` by its key."""
        text = comment[:LONGEST]
        tokens = tokens_of(text)
        found: defaultdict[int, set[Span]] = defaultdict(set)
        silent = set()
        for at, token in enumerate(tokens):
            for phrase in self._beginning(token.text):
                if not _goes_on(phrase.words, tokens, at):
                    continue
                if phrase.silences:
                    silent.add(phrase.rule)
                else:
                    end = tokens[at + len(phrase.words) - 1].span.end
                    found[phrase.rule].add(Span(token.span.start, end))
        for place in self._regular:
            key = self.rules[place].key
            if place in silent or slow[key] >= MOST_SLOW:
                continue
            try:
                for expression in self.rules[place].patterns.expressions:
                    found[place].update(expression_spans(expression, text))
            except SlowPattern:
                slow[key] += 1
                silent.add(place)
        return {place: each for place, each in found.items() if each and place not in silent}

    def _beginning(self, word: str) -> Collection[_Phrase]:
        known = self._met.get(word)
        if known is None:
            found = {phrase for form in forms(word) for phrase in self._first.get(form, ())}
            for length, begins in self._begins.items():
                found.update(begins.get(word[:length], ()))
            if len(self._met) >= MOST_WORDS:
                self._met.clear()
            known = self._met[word] = tuple(found)
        return known


@lru_cache(8)
def _lexicon(rules: tuple[ReadyRule, ...]) -> _Lexicon:
    return _Lexicon(rules)


def _goes_on(words: Sequence[str], tokens: Sequence[Token], at: int) -> bool:
    """From its second word on."""
    follow = tokens[at + 1 : at + len(words)]
    return len(follow) == len(words) - 1 and all(
        is_form(token.text, want) for token, want in zip(follow, words[1:], strict=True)
    )


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Places that touch or overlap become one."""
    last: Span | None = None
    for span in spans:
        if last is not None and span.start < last.end:
            last = Span(last.start, max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
