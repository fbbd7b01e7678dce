"""Which words and phrases separate detractors' comments from promoters'?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from loopwell.calc.stopwords import NEGATIONS, stopwords_for
from loopwell.calc.tokens import BREAK, Corpus, read_corpus, tokens_of

Side = Literal["detractor", "promoter"]
Ints = NDArray[np.int64]

PRIOR_COMMENTS = 50.0
"""The prior weighs as much as this many comments that use each term as all comments do."""
LEAST_COMMENTS = 3
LEAST_Z = 1.96
SAME = 0.9
"""A word gives way to a phrase that holds it in at least this share of its comments."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or two-word phrase, the comments on each side that hold it, and how it leans.

    ``z`` is positive where promoters use it more, negative for detractors.
    """

    term: str
    detractors: int
    promoters: int
    z: float
    side: Side


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Terms by their one or two word numbers (second is 0 for a single word)."""

    first: Ints
    second: Ints
    detractors: Ints
    promoters: Ints


def separating_terms(
    detractor_texts: Sequence[str], promoter_texts: Sequence[str], *, top: int = 15
) -> list[Term]:
    """At most ``top`` terms for detractors, strongest first, then as many for promoters.

    Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin'
    Words", Political Analysis 16, 2008), on the number of comments that hold a term, so that one
    person's repetition counts once. Only terms in three or more comments with |z| ≥ 1.96 are
    listed; with many candidates some of those are chance. Needs words with spaces between them:
    Chinese, Japanese and Thai are not split. An empty side gives an empty list.
    """
    if not detractor_texts or not promoter_texts:
        return []
    corpus = read_corpus([*detractor_texts, *promoter_texts])
    found = _candidates(corpus, len(detractor_texts))
    z = log_odds_z(found.detractors, found.promoters, len(detractor_texts), len(promoter_texts))
    return [
        *_strongest(corpus.words, found, z, "detractor", top),
        *_strongest(corpus.words, found, z, "promoter", top),
    ]


def log_odds_z(a: Ints, b: Ints, comments_a: int, comments_b: int) -> NDArray[np.float64]:
    """z-score of each term's log-odds in b against a, positive where b uses it more.

    ``a`` and ``b`` count the comments holding each term, of ``comments_a`` and ``comments_b``.
    The variance has all four cells, since a term may be in most of the comments.
    """
    prior = PRIOR_COMMENTS * (a + b) / (comments_a + comments_b)
    with_a, with_b = a + prior, b + prior
    without_a = comments_a + PRIOR_COMMENTS - with_a
    without_b = comments_b + PRIOR_COMMENTS - with_b
    always = (without_a <= 0) | (without_b <= 0)
    rest_a, rest_b = np.where(always, 1.0, without_a), np.where(always, 1.0, without_b)
    odds = np.log(with_b / rest_b) - np.log(with_a / rest_a)
    variance = 1 / with_a + 1 / with_b + 1 / rest_a + 1 / rest_b
    return np.where(always, 0.0, odds / np.sqrt(variance))


def examples_for(term: str, texts: Sequence[str], limit: int = 3) -> list[str]:
    """Up to ``limit`` different comments that hold the term, easily read lengths first.

    Looks at comments in the order given until it has twenty times as many as wanted.
    """
    wanted = tokens_of(term)
    if not wanted or limit < 1:
        return []
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        if _may_hold(text, wanted) and _holds(tokens_of(text), wanted):
            found.setdefault(text, place)
            if len(found) == 20 * limit:
                break
    return sorted(found, key=lambda text: (abs(len(text) - 120), found[text]))[:limit]


def _may_hold(text: str, wanted: list[str]) -> bool:
    """Cheap test that rules out most comments; only exact for plain letters."""
    return not (text.isascii() and wanted[0].isascii()) or wanted[0] in text.lower()


def _holds(tokens: list[str], wanted: list[str]) -> bool:
    size = len(wanted)
    return any(tokens[i : i + size] == wanted for i in range(len(tokens) - size + 1))


def _candidates(corpus: Corpus, detractors: int) -> _Candidates:
    """Words and phrases in enough comments, without those that say nothing."""
    size = len(corpus.words)
    common = np.bincount(corpus.tokens, minlength=size)
    stop = stopwords_for(dict(zip(corpus.words, common.tolist(), strict=True)))
    silent = np.array([word in stop or len(word) < 2 or word[-1] == "'" for word in corpus.words])
    denies = np.array([word in NEGATIONS for word in corpus.words])
    silent[BREAK] = True
    wanted = (common >= LEAST_COMMENTS) & (~silent | denies)
    left, right = corpus.tokens[:-1].astype(np.int64), corpus.tokens[1:]
    together = corpus.comment[:-1] == corpus.comment[1:]
    pairs = together & wanted[left] & (wanted & ~silent)[right]
    single = (wanted & ~silent)[corpus.tokens]
    codes = np.concatenate([corpus.tokens[single] * np.int64(size), (left * size + right)[pairs]])
    owner = np.concatenate([corpus.comment[single], corpus.comment[:-1][pairs]])
    return _counted(codes, owner, size, detractors)


def _counted(codes: Ints, owner: NDArray[np.int32], size: int, detractors: int) -> _Candidates:
    """Comments per code and side, each comment counted once.

    ``owner`` ascends within each code already, so a stable sort keeps a comment's repeats together.
    """
    order = np.argsort(codes, kind="stable")
    codes, owner = codes[order], owner[order]
    fresh = np.ones(len(codes), dtype=bool)
    fresh[1:] = (codes[1:] != codes[:-1]) | (owner[1:] != owner[:-1])
    terms, place = np.unique(codes[fresh], return_inverse=True)
    angry = owner[fresh] < detractors
    against = np.bincount(place[angry], minlength=len(terms))
    favour = np.bincount(place[~angry], minlength=len(terms))
    enough = against + favour >= LEAST_COMMENTS
    kept = terms[enough]
    return _Candidates(kept // size, kept % size, against[enough], favour[enough])


def _strongest(
    words: Sequence[str], found: _Candidates, z: NDArray[np.float64], side: Side, top: int
) -> list[Term]:
    """The side's terms by strength, then by how common; no word twice under another phrase."""
    lean = z if side == "promoter" else -z
    both = found.detractors + found.promoters
    order = np.lexsort((found.first, -both, -lean))
    order = order[lean[order] >= LEAST_Z][: 10 * top]
    swallowed = _swallowed(found, order, both)
    terms: list[Term] = []
    for place in order.tolist():
        first, second = int(found.first[place]), int(found.second[place])
        if second == BREAK and int(both[place]) <= swallowed.get(first, 0.0):
            continue
        name = f"{words[first]} {words[second]}" if second != BREAK else words[first]
        against, favour = int(found.detractors[place]), int(found.promoters[place])
        terms.append(Term(name, against, favour, float(z[place]), side))
    return terms[:top]


def _swallowed(found: _Candidates, order: Ints, both: Ints) -> dict[int, float]:
    """For each word in a phrase of the list: a single word this rare adds nothing to it."""
    limits: dict[int, float] = {}
    for place in order[found.second[order] != BREAK].tolist():
        for word in (int(found.first[place]), int(found.second[place])):
            limits[word] = max(limits.get(word, 0.0), int(both[place]) / SAME)
    return limits
