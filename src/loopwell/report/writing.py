"""What do detractors and promoters write of?"""

from collections import Counter

from django.utils.translation import gettext as _

from loopwell.calc.words import Term, examples_for, separating_terms
from loopwell.report.comments import Comments
from loopwell.report.results import Example, Words
from loopwell.report.wording import count, percent

SHOWN = 8
EXAMPLES = 2
QUOTED_FROM = 3_000  # comments in random order searched for examples first
FILLER_SHARE, FILLER_LEAST = 0.05, 50


def words_of(name: str | None, comments: Comments) -> Words | None:
    """Terms that separate the two sides, with example comments from the side they lean to."""
    if name is None:
        return None
    detractors, promoters = comments.sample(-1), comments.sample(1)
    fillers = _fillers(detractors, promoters)
    detractors = [text for text in detractors if text not in fillers]
    promoters = [text for text in promoters if text not in fillers]
    terms = separating_terms(detractors, promoters, top=SHOWN)
    written = comments.written()
    notes = [
        _("“%(text)s” stands word for word in %(share)s of the comments: taken as no comment")
        % {"text": text, "share": percent(share)}
        for text, share in fillers.items()
    ]
    if not terms:
        notes.append(_("too few comments to tell which words separate the two sides"))
    if comments.sampled:
        notes.append(
            _(
                "words are counted in a random sample: %(detractors)s of %(all_detractors)s "
                "detractors' comments, %(promoters)s of %(all_promoters)s promoters'"
            )
            % {
                "detractors": count(len(detractors)),
                "all_detractors": count(comments.written(-1)),
                "promoters": count(len(promoters)),
                "all_promoters": count(comments.written(1)),
            }
        )
    return Words(
        column=name,
        detractors=_with_examples(terms, "detractor", detractors),
        promoters=_with_examples(terms, "promoter", promoters),
        read_detractors=len(detractors),
        read_promoters=len(promoters),
        written=written,
        notes=notes,
    )


def _fillers(detractors: list[str], promoters: list[str]) -> dict[str, float]:
    """Texts of a form or an interviewer (“Did not answer”), and their share in percent.

    They stand word for word in many comments, and about as often on either side: a frequent
    “Good” says something and stays.
    """
    if not detractors or not promoters:
        return {}
    down, up = Counter(detractors), Counter(promoters)
    total = len(detractors) + len(promoters)
    found = {}
    for text, n in (down + up).most_common(5):
        rates = sorted((down[text] / len(detractors), up[text] / len(promoters)))
        if n >= FILLER_LEAST and n > FILLER_SHARE * total and rates[1] <= 2 * rates[0]:
            found[text] = 100 * n / total
    return found


def _with_examples(terms: list[Term], side: str, comments: list[str]) -> list[Example]:
    """Each comment is quoted once only."""
    quoted: set[str] = set()
    examples = []
    for term in terms:
        if term.side != side:
            continue
        wanted = EXAMPLES + len(quoted)
        found = examples_for(term.term, comments[:QUOTED_FROM], wanted)
        if len(found) < wanted and len(comments) > QUOTED_FROM:
            found = examples_for(term.term, comments, wanted)
        fresh = [comment for comment in found if comment not in quoted][:EXAMPLES]
        quoted.update(fresh)
        examples.append(Example(term, fresh))
    return examples
