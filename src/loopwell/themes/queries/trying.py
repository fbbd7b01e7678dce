"""What would a rule find in the newest comments, and do people who read them agree?"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.kit.errors import Invalid
from loopwell.responses.models import Response
from loopwell.responses.queries import visible_to
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention, TextRule, Theme
from loopwell.themes.queries.judging import Judged, coded_among, judged, told_by_people
from loopwell.themes.queries.rules import made_ready, speaking_rules
from loopwell.themes.queries.taxonomy import with_below
from loopwell.themes.rules.expressions import Span
from loopwell.themes.rules.finding import MOST_SLOW, Codes, ReadyRule, codes_by_rules
from loopwell.themes.rules.lemmas import open_dictionaries

NEWEST = 5_000
PATIENCE = 3.0
"""Seconds; what was not looked at by then is said."""
AT_ONCE = 250
EXAMPLES, FEW_EXAMPLES = 20, 5


@dataclass(frozen=True)
class Shown:
    """A comment, the places found in it, and what people named in it (None: nobody read it)."""

    answer: Response
    words: tuple[Span, ...]
    told: list[str] | None


@dataclass(frozen=True)
class Tried:
    """`looked` of `newest` comments were looked at in the time there is. `only`: comments in which
    nothing else, no other rule, no person and no model, finds the theme. `instead`: what people
    said of comments that the rule finds and they did not give the theme; `nothing` of how many
    they said that they hold none. `slow`: comments in which an expression took too long."""

    newest: int
    looked: int
    found: int
    only: int
    slow: int
    judged: Judged
    examples: list[Shown]
    wrong: list[Shown]
    missed: list[Shown]
    instead: list[tuple[Theme, int]]
    nothing: int

    @property
    def is_whole(self) -> bool:
        return self.looked == self.newest

    @property
    def share(self) -> float:
        return self.found / self.looked if self.looked else 0.0


def try_out(actor: Actor, rule: TextRule, clock: Callable[[], float] = time.monotonic) -> Tried:
    """Of a rule as it is written, saved or not, on or off. Raises Invalid where a line cannot be
    used, or an expression takes too long in too many comments."""
    ready = made_ready(rule)
    open_dictionaries()
    rows = visible_to(actor).exclude(comment="").order_by("-answered_at", "-pk")
    texts = dict(rows.values_list("pk", "comment")[:NEWEST])
    codes, looked = _looked(texts, ready, clock)
    told, coded = told_by_people(looked), coded_among(looked)
    mine = with_below(rule.theme.slug)
    given = {pk for pk, slugs in told.items() if slugs & mine}
    read = coded | set(told)
    found = list(codes.found)
    wrong = [pk for pk in found if pk in read and pk not in given]
    missed = [pk for pk in looked if pk in given and pk not in codes.found]
    names, counts = _instead(told, wrong)
    shown = _shower(codes, told, read)
    return Tried(
        newest=len(texts), looked=len(looked), found=len(found), slow=codes.slow[ready.key],
        only=len(set(found) - _found_otherwise(rule, mine, {p: texts[p] for p in found})),
        judged=judged(found, given, read),
        examples=shown(found[:EXAMPLES]), wrong=shown(wrong[:FEW_EXAMPLES]),
        missed=shown(missed[:FEW_EXAMPLES]), instead=[(names[s], n) for s, n in counts],
        nothing=sum(not told.get(pk) for pk in wrong),
    )  # fmt: skip


def _looked(
    texts: Mapping[int, str], rule: ReadyRule, clock: Callable[[], float]
) -> tuple[Codes, list[int]]:
    """What was found in the time there is, and the answers that were looked at."""
    until, every = clock() + PATIENCE, list(texts)
    codes, looked = Codes(), 0
    while looked < len(every) and (looked == 0 or clock() < until):
        portion = every[looked : looked + AT_ONCE]
        more = codes_by_rules({pk: texts[pk] for pk in portion}, [rule])
        codes.found |= more.found
        codes.slow += more.slow
        looked += len(portion)
        if codes.slow[rule.key] >= MOST_SLOW:
            message = _(
                "An expression takes too long in too many comments: it tries the same text in "
                "ever new ways. Write it without repetition inside repetition."
            )
            raise Invalid(message, fields={"patterns": [message]})
    return codes, every[:looked]


def _found_otherwise(rule: TextRule, mine: Iterable[str], texts: Mapping[int, str]) -> set[int]:
    ready, _broken = speaking_rules()
    others = [each for each in ready if each.theme == rule.theme_id and each.key != rule.pk]
    rows = Mention.objects.filter(response__in=list(texts), theme__slug__in=list(mine))
    sources = (MentionSource.CODER, MentionSource.MODEL)
    told = rows.filter(source__in=sources).values_list("response", flat=True)
    return set(told) | set(codes_by_rules(texts, others).found)


def _instead(
    told: Mapping[int, set[str]], wrong: Sequence[int]
) -> tuple[dict[str, Theme], list[tuple[str, int]]]:
    counts = Counter(slug for pk in wrong for slug in told.get(pk, ()))
    names = {theme.slug: theme for theme in Theme.objects.filter(slug__in=counts)}
    return names, counts.most_common(FEW_EXAMPLES)


def _shower(
    codes: Codes, told: Mapping[int, set[str]], read: set[int]
) -> Callable[[Sequence[int]], list[Shown]]:
    """Shows answers by their ids, in that order."""

    def shown(wanted: Sequence[int]) -> list[Shown]:
        rows = Response.objects.select_related("unit").in_bulk(wanted)
        names = {t.slug: str(t) for t in Theme.objects.all()} if wanted else {}
        return [
            Shown(
                rows[pk],
                tuple(span for code in codes.found.get(pk, ()) for span in code.words),
                sorted(names[slug] for slug in told.get(pk, ())) if pk in read else None,
            )
            for pk in wanted
        ]

    return shown
