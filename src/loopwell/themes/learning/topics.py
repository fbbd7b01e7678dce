"""What do customers write about that no theme covers, and what of it grows?

A topic begins with a word or phrase that comments without a theme use more than comments with one
(weighted log-odds, `calc.words`), joined with those that mostly stand in the same comments. It
grows when its share of all comments is larger lately than before, by Fisher's exact test, corrected
for as many tests as topics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from loopwell.calc.multiple import benjamini_hochberg
from loopwell.calc.tokens import tokens_of
from loopwell.calc.words import examples_for, separating_terms

MOST_TERMS, MOST_TOPICS = 80, 12
FEWEST = 8
"""Comments that make a topic."""
TOGETHER = 0.4
"""Share of the rarer term's comments that hold the other too, from which on they are one topic."""
SURE = 0.05
EXAMPLES = 4


@dataclass(frozen=True)
class Topic:
    """`comments` among those without a theme; `lately` of `comments` are new ones."""

    terms: tuple[str, ...]
    comments: int
    lately: int
    share_before: float
    share_lately: float
    grows: bool
    examples: tuple[str, ...]
    places: tuple[int, ...]


def new_topics(
    uncovered: Sequence[str], covered: Sequence[str], is_late: Sequence[bool]
) -> list[Topic]:
    """Growing ones first, then by size. `is_late` says of each uncovered comment whether it is
    one of the recent ones. Too few comments on either side give no topics."""
    terms = separating_terms(uncovered, covered, top=MOST_TERMS)
    ours = [each.term for each in terms if each.side == "detractor"]
    holders = _holders(ours, uncovered)
    late = np.asarray(is_late, dtype=bool)
    groups = _grouped([term for term in ours if len(holders[term]) >= FEWEST], holders)
    made = [(group, sorted(set().union(*(holders[each] for each in group)))) for group in groups]
    made = sorted(made, key=lambda each: (-len(each[1]), each[0]))[:MOST_TOPICS]
    p_values: list[float | None] = [_p_grows(places, late) for _group, places in made]
    found = [
        _topic(group, places, uncovered, late, p is not None and p < SURE)
        for (group, places), p in zip(made, benjamini_hochberg(p_values), strict=True)
    ]
    return sorted(found, key=lambda topic: (not topic.grows, -topic.comments, topic.terms))


def _holders(terms: Sequence[str], texts: Sequence[str]) -> dict[str, set[int]]:
    """The texts that hold each term (a word or two neighbours), each read once."""
    found: dict[str, set[int]] = {term: set() for term in terms}
    for place, text in enumerate(texts):
        words = tokens_of(text)
        pairs = (f"{left} {right}" for left, right in pairwise(words))
        for term in {*words, *pairs} & found.keys():
            found[term].add(place)
    return found


def _grouped(terms: Sequence[str], holders: dict[str, set[int]]) -> list[list[str]]:
    """The strongest term first; each joins the first group whose first term it shares."""
    groups: list[list[str]] = []
    for term in terms:
        mine = holders[term]
        for group in groups:
            first = holders[group[0]]
            if len(mine & first) >= TOGETHER * min(len(mine), len(first)):
                group.append(term)
                break
        else:
            groups.append([term])
    return groups


def _p_grows(places: Sequence[int], late: np.ndarray) -> float:
    from scipy.stats import fisher_exact

    lately = int(late[list(places)].sum())
    now, before = int(late.sum()), int((~late).sum())
    earlier = len(places) - lately
    table = np.array([[lately, now - lately], [earlier, before - earlier]])
    return float(fisher_exact(table, alternative="greater").pvalue)


def _topic(
    terms: Sequence[str], places: Sequence[int], texts: Sequence[str], late: np.ndarray, grows: bool
) -> Topic:
    lately = int(late[list(places)].sum())
    now, before = max(int(late.sum()), 1), max(int((~late).sum()), 1)
    return Topic(
        terms=tuple(terms[:6]),
        comments=len(places),
        lately=lately,
        share_before=(len(places) - lately) / before,
        share_lately=lately / now,
        grows=grows,
        examples=tuple(examples_for(terms[0], [texts[at] for at in places], EXAMPLES)),
        places=tuple(places),
    )
