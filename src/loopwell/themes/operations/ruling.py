"""What do the rules that are on find in comments, and how is that kept?

Mentions of the source “rule” in an answer are what the rules that are on say; those of a theme
whose rules did not change since it was retired or offered again stay as they were.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, QuerySet

from loopwell.access.rules import SYSTEM
from loopwell.jobs.operations import enqueue
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource, Trouble
from loopwell.themes.models import Mention, TextRule, Theme
from loopwell.themes.queries.ruled import HISTORY
from loopwell.themes.queries.rules import speaking_rules
from loopwell.themes.rules import Cause, shares
from loopwell.themes.rules.finding import MOST_SLOW, Code, codes_by_rules
from loopwell.themes.rules.lemmas import open_dictionaries

CHUNK = 500
Found = Mapping[int, Mapping[int, Code]]
"""By answer and theme."""


@transaction.atomic
def read_by_rules(now: datetime, responses: Collection[int], theme: int | None = None) -> int:
    """Idempotent; with a `theme` only what rules say of that one changes. Returns in how many
    answers something changed, each told to the journal."""
    rows = Response.objects.filter(pk__in=responses).order_by("pk")
    if connection.vendor == "postgresql":  # two readers of one answer would weigh past each other
        rows = rows.select_for_update(of=("self",))
    told = list(rows.values_list("pk", "comment", "is_test"))
    rules, broken = speaking_rules()
    for rule in broken:
        _switch_off(rule, Trouble.BROKEN, now)
    heard = [rule for rule in rules if theme in (None, rule.theme)]
    texts = {pk: comment for pk, comment, is_test in told if comment.strip() and not is_test}
    codes = codes_by_rules(texts, heard)
    _note_slow(codes.slow, now)
    found = {pk: {code.theme: code for code in each} for pk, each in codes.found.items()}
    changed = _keep(now, [pk for pk, *_rest in told], found, theme)
    append(actor=SYSTEM, now=now, events=[Event("response.coded", "response", p) for p in changed])
    return len(changed)


def never_spoke() -> bool:
    """No rule is on and none has found anything: new comments need not be looked at."""
    rules, broken = speaking_rules()
    if rules or broken:
        return False
    return not Mention.objects.filter(source=MentionSource.RULE).exists()


def read_history_of(
    theme: int, now: datetime, progress: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Every comment there is, for one theme; returns in how many answers something changed.

    May be run again after a crash: what was read already stays as it is.
    """
    if not Theme.objects.filter(pk=theme, retired_at=None).exists():
        return 0  # retired since somebody asked: what was found stays in the numbers
    open_dictionaries()
    TextRule.objects.filter(theme=theme).update(slow=0)
    rows = _concerned(theme)
    total, done, changed, last = rows.count(), 0, 0, 0
    progress(0, total)
    while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        changed += read_by_rules(now, ids, theme)
        last, done = ids[-1], done + len(ids)
        progress(done, max(total, done))
    return changed


def ask_for_history(*, theme: int, now: datetime) -> None:
    """Soon, in the background, after the caller's transaction."""
    enqueue(kind=HISTORY, args={"theme": theme}, actor=SYSTEM, now=now)


def _concerned(theme: int) -> QuerySet[Response]:
    """All comments; where no rule speaks for the theme, only those that still have it."""
    rules, _broken = speaking_rules()
    rows = Response.objects.order_by("pk")
    if any(rule.theme == theme for rule in rules):
        return rows.filter(is_test=False).exclude(comment="")
    mine = Mention.objects.filter(theme=theme, source=MentionSource.RULE)
    return rows.filter(pk__in=mine.values("response"))


def _keep(now: datetime, responses: Sequence[int], found: Found, theme: int | None) -> list[int]:
    """Writes what differs; returns the answers in which something did."""
    held: dict[int, dict[int, Mention]] = {}
    for mention in Mention.objects.filter(response__in=responses, source=MentionSource.RULE):
        held.setdefault(mention.response_id, {})[mention.theme_id] = mention
    changed: list[int] = []
    gone: list[int] = []
    new: list[Mention] = []
    for pk in responses:
        before = held.get(pk, {})
        after = list(_after(now, pk, before, found.get(pk, {}), theme))
        if [_said(each) for each in after] == [_said(each) for each in _ordered(before.values())]:
            continue
        changed.append(pk)
        gone += [mention.pk for mention in before.values()]
        new += after
    Mention.objects.filter(pk__in=gone).delete()
    Mention.objects.bulk_create(new, batch_size=500)
    return changed


def _after(
    now: datetime, response: int, before: Mapping[int, Mention], found: Mapping[int, Code],
    theme: int | None,
) -> Iterator[Mention]:  # fmt: skip
    """What the answer is to have, its weights together 100."""
    kept = {} if theme is None else {t: m for t, m in before.items() if t != theme}
    themes = sorted({*kept, *found})
    weights = shares([Cause(str(each)) for each in themes])
    for each in themes:
        if each in kept:
            old = kept[each]
            words, sentiment, at = old.words, old.sentiment, old.at
        else:
            code = found[each]
            words, sentiment = [list(span) for span in code.words], code.sentiment
            at = before[each].at if each in before else now
        yield Mention(
            response_id=response, theme_id=each, source=MentionSource.RULE, at=at,
            weight=weights[str(each)], sentiment=sentiment, words=words,
        )  # fmt: skip


def _ordered(mentions: Collection[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda mention: mention.theme_id)


def _said(mention: Mention) -> tuple[object, ...]:
    return mention.theme_id, mention.weight, mention.sentiment, mention.words


def _note_slow(slow: Mapping[int, int], now: datetime) -> None:
    """Where a rule was too slow too often, it is switched off and says so."""
    for pk, times in slow.items():
        TextRule.objects.filter(pk=pk).update(slow=F("slow") + times)
        for rule in TextRule.objects.filter(pk=pk, is_on=True, slow__gte=MOST_SLOW):
            _switch_off(rule, Trouble.SLOW, now)


def _switch_off(rule: TextRule, trouble: Trouble, now: datetime) -> None:
    rule.is_on, rule.trouble, rule.changed_at = False, trouble, now
    rule.save(update_fields=["is_on", "trouble", "changed_at"])
    ask_for_history(theme=rule.theme_id, now=now)
