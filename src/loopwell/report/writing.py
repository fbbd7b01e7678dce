"""What do detractors and promoters write of?"""

from django.utils.translation import gettext as _

from loopwell.calc.words import Term, examples_for, separating_terms
from loopwell.report.comments import Comments
from loopwell.report.results import Example, Words
from loopwell.report.wording import count

SHOWN = 8
EXAMPLES = 2


def words_of(name: str | None, comments: Comments) -> Words | None:
    """Terms that separate the two sides, with example comments from the side they lean to."""
    if name is None:
        return None
    detractors, promoters = comments.sample(-1), comments.sample(1)
    terms = separating_terms(detractors, promoters, top=SHOWN)
    written = comments.written()
    notes = []
    if not terms:
        notes.append(_("too few comments to tell which words separate the two sides"))
    if len(detractors) < comments.written(-1) or len(promoters) < comments.written(1):
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


def _with_examples(terms: list[Term], side: str, comments: list[str]) -> list[Example]:
    """Each comment is quoted once only."""
    quoted: set[str] = set()
    examples = []
    for term in terms:
        if term.side != side:
            continue
        found = examples_for(term.term, comments, EXAMPLES + len(quoted))
        fresh = [comment for comment in found if comment not in quoted][:EXAMPLES]
        quoted.update(fresh)
        examples.append(Example(term, fresh))
    return examples
