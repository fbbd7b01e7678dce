"""Which themes are offered for a comment, in which order, and what did the person choose?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.themes.enums import Sentiment, ThemeKind
from loopwell.themes.learning import Guess
from loopwell.themes.queries.taxonomy import Line, lines
from loopwell.themes.rules.saying import Said

_SIGNS = {Sentiment.NEGATIVE: "−", Sentiment.NEUTRAL: "0", Sentiment.POSITIVE: "+"}


@dataclass(frozen=True)
class Offered:
    """A theme as a box to tick; `sure` is what the model gives it, in percent."""

    line: Line
    said: Said | None
    sure: int | None = None

    @property
    def slug(self) -> str:
        return str(self.line.theme.slug)

    @property
    def words(self) -> str:
        """Places as the form keeps them: “2-8,10-14”."""
        places = self.said.words if self.said else ()
        return ",".join(f"{start}-{end}" for start, end in places)

    @property
    def feelings(self) -> list[tuple[int, str, str, bool]]:
        chosen = self.said.sentiment if self.said else usual(ThemeKind(self.line.theme.kind))
        return [
            (each.value, _SIGNS[each], str(each.label), each.value == chosen) for each in Sentiment
        ]


@dataclass
class Group:
    """An area and what is under it."""

    head: Offered
    below: list[Offered] = field(default_factory=list)


def usual(kind: ThemeKind) -> Sentiment:
    return Sentiment.POSITIVE if kind == ThemeKind.DELIGHT else Sentiment.NEGATIVE


def groups(guesses: Sequence[Guess], said: Sequence[Said]) -> tuple[list[Offered], list[Group]]:
    """What the model thinks likely, and everything else by area."""
    known = {each.theme: each for each in said}
    sure = {guess.theme: round(100 * guess.probability) for guess in guesses}
    shown = [
        Offered(line, known.get(line.theme.slug), sure.get(line.theme.slug)) for line in lines()
    ]
    likely = [each for each in shown if each.slug in sure]
    likely.sort(key=lambda each: -sure[each.slug])
    found: list[Group] = []
    for each in shown:
        if each.line.level == 1:
            found.append(Group(each))
        elif each.slug not in sure:
            found[-1].below.append(each)
    kept = [group for group in found if group.below or group.head.slug not in sure]
    return likely, kept


def read_form(post: QueryDict) -> list[Said]:
    """Raises Invalid when nothing is chosen or a field cannot be read."""
    slugs = post.getlist("theme")
    if not slugs:
        raise Invalid(_("Choose a theme, or say that it has none of them."))
    try:
        return [
            Said(slug, int(post.get(f"feeling-{slug}", "-1")), _places(post, slug))
            for slug in dict.fromkeys(slugs)
        ]
    except ValueError as error:
        raise Invalid(_("The codes cannot be read. Load the page again.")) from error


def _places(post: QueryDict, slug: str) -> tuple[tuple[int, int], ...]:
    found = []
    for each in filter(None, post.get(f"words-{slug}", "").split(",")):
        start, end = each.split("-")
        found.append((int(start), int(end)))
    return tuple(sorted(found))
