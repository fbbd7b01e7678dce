"""Which numbers does the model see of a comment?

TF-IDF of words (one and two, base forms) and of pieces of words (two to five letters, so that
forms, slips and related words meet), each part of length one. Every number belongs to a word of
the comment, which is what makes the model explainable.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from loopwell.themes.learning.language import language_of_words
from loopwell.themes.learning.reading import Token, known_form, tokens_of

Floats = NDArray[np.float64]
PIECE_FEWEST, WORD_FEWEST = 2, 1
"""Comments that must hold a piece, or a word, for it to be counted."""
_SHORTEST, _LONGEST = 2, 5
_MOST_TERMS = 200_000


@dataclass(frozen=True)
class Read:
    """A comment's words as written and in their base form."""

    tokens: list[Token]
    bases: list[str]


@dataclass(frozen=True)
class Part:
    """Terms with their columns and how rare each is (idf)."""

    columns: dict[str, int]
    rarity: Floats


@dataclass(frozen=True)
class Vocabulary:
    words: Part
    pieces: Part

    def __len__(self) -> int:
        return len(self.words.columns) + len(self.pieces.columns)


def read(text: str) -> Read:
    tokens = tokens_of(text)
    language = language_of_words(tokens)
    return Read(tokens, [known_form(token.word, language) for token in tokens])


def words_in(comment: Read) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each term with the places of the tokens it is made of; pairs join neighbours."""
    for place, base in enumerate(comment.bases):
        yield base, (place,)
    for place, (left, right) in enumerate(zip(comment.bases, comment.bases[1:], strict=False)):
        yield f"{left} {right}", (place, place + 1)


def pieces_in(comment: Read) -> Iterator[tuple[str, tuple[int, ...]]]:
    for place, token in enumerate(comment.tokens):
        for piece in pieces_of(token.word):
            yield piece, (place,)


@lru_cache(20_000)
def pieces_of(word: str) -> tuple[str, ...]:
    """Runs of two to five letters, the word's ends marked by a space."""
    marked = f" {word} "
    sizes = range(_SHORTEST, min(_LONGEST, len(marked)) + 1)
    return tuple(marked[at : at + n] for n in sizes for at in range(len(marked) - n + 1))


Terms = Callable[[Read], Iterator[tuple[str, tuple[int, ...]]]]


@dataclass(frozen=True)
class Counted:
    """How often each comment holds each term of a whole corpus."""

    terms: list[str]
    counts: csr_matrix
    fewest: int

    def chosen(self, rows: NDArray[np.intp]) -> tuple[Part, NDArray[np.intp]]:
        """The part as learnt from these rows alone, and its columns among all of them."""
        held = np.asarray((self.counts[rows] > 0).sum(axis=0)).ravel()
        columns = np.flatnonzero(held >= self.fewest)
        if len(columns) > _MOST_TERMS:
            columns = np.sort(columns[np.argsort(-held[columns], kind="stable")[:_MOST_TERMS]])
        rarity = np.log((1 + len(rows)) / (1 + held[columns])) + 1
        names = {self.terms[column]: at for at, column in enumerate(columns.tolist())}
        return Part(names, rarity), columns


def count(comments: Sequence[Read], terms: Terms, fewest: int) -> Counted:
    columns: dict[str, int] = {}
    lengths, found = [0], []
    for comment in comments:
        found += [columns.setdefault(term, len(columns)) for term, _places in terms(comment)]
        lengths.append(len(found))
    return Counted(list(columns), _matrix(found, lengths, len(columns)), fewest)


def matrix(comments: Sequence[Read], vocabulary: Vocabulary) -> csr_matrix:
    """One row a comment, words first, then pieces."""
    parts = [(vocabulary.words, words_in), (vocabulary.pieces, pieces_in)]
    return _side_by_side([_part_matrix(comments, part, terms) for part, terms in parts])


def weighed(counts: csr_matrix, rarity: Floats) -> csr_matrix:
    """(1 + log of the count) × rarity, each row of length one."""
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    values = (1 + np.log(counts.data)) * rarity[counts.indices]
    length = np.sqrt(np.bincount(row, values**2, minlength=counts.shape[0]))
    return csr_matrix((values / length[row], counts.indices, counts.indptr), shape=counts.shape)


@dataclass(frozen=True)
class Corpus:
    """Comments counted once, from which the numbers of any part of them can be learnt."""

    words: Counted
    pieces: Counted

    def numbers(self, rows: NDArray[np.intp]) -> tuple[Vocabulary, csr_matrix]:
        """Vocabulary and rarity from these rows alone; the numbers of all rows by it."""
        words, word_columns = self.words.chosen(rows)
        pieces, piece_columns = self.pieces.chosen(rows)
        parts = [
            weighed(self.words.counts[:, word_columns], words.rarity),
            weighed(self.pieces.counts[:, piece_columns], pieces.rarity),
        ]
        return Vocabulary(words, pieces), _side_by_side(parts)


def corpus_of(comments: Sequence[Read]) -> Corpus:
    return Corpus(count(comments, words_in, WORD_FEWEST), count(comments, pieces_in, PIECE_FEWEST))


def _part_matrix(comments: Sequence[Read], part: Part, terms: Terms) -> csr_matrix:
    get, lengths, found = part.columns.get, [0], []
    for comment in comments:
        known = (get(term) for term, _places in terms(comment))
        found += [column for column in known if column is not None]
        lengths.append(len(found))
    return weighed(_matrix(found, lengths, len(part.columns)), part.rarity)


def _matrix(found: list[int], lengths: list[int], width: int) -> csr_matrix:
    counts = csr_matrix(
        (np.ones(len(found)), np.array(found, np.int64), np.array(lengths, np.int64)),
        shape=(len(lengths) - 1, width),
    )
    counts.sum_duplicates()
    return counts


def _side_by_side(parts: Sequence[csr_matrix]) -> csr_matrix:
    return csr_matrix(hstack(parts, format="csr"))
