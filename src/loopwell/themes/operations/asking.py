"""What does a language model find in comments of which our own is unsure, where that is wished?"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from loopwell.access.rules import SYSTEM
from loopwell.jobs.operations import enqueue
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.responses.models import Response
from loopwell.surveys.enums import ANONYMOUS
from loopwell.themes.asking import BATCH, Coded, ThemeAsked, readings
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention, Theme
from loopwell.themes.queries.taxonomy import offered
from loopwell.themes.rules import Cause, shares

KIND = "themes.ask"


def ask_later(ids: Sequence[int], now: datetime) -> None:
    """About those of these comments in which our own model found nothing; never about anonymous
    ones. Nothing happens where no language model is set up."""
    if not settings.CODER_URL:
        return
    read = Mention.objects.filter(source=MentionSource.MODEL, confidence__isnull=False)
    rows = Response.objects.filter(pk__in=ids, is_test=False).exclude(comment="")
    open_rows = rows.exclude(kind__in=ANONYMOUS).exclude(pk__in=read.values("response"))
    silent = list(open_rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(silent), BATCH):
        args = {"responses": silent[start : start + BATCH]}
        enqueue(kind=KIND, args=args, actor=SYSTEM, now=now)


def ask_about(ids: Sequence[int], now: datetime) -> int:
    """Returns in how many of these answers it found a theme. Raises CoderFailed.

    Idempotent: what it said before of the same answers is replaced.
    """
    found = Response.objects.filter(pk__in=ids, is_test=False).exclude(comment="")
    rows = list(found.exclude(kind__in=ANONYMOUS).select_related("customer").order_by("pk"))
    themes = list(offered())
    answered = readings(
        [row.comment for row in rows],
        [_asked(theme) for theme in themes],
        url=settings.CODER_URL,
        key=settings.CODER_KEY,
        model=settings.CODER_MODEL,
        names=[[row.customer.name] if row.customer else [] for row in rows],
        private=settings.ALLOW_PRIVATE_NETWORKS,
    )
    known = {theme.slug: theme for theme in themes}
    said = {
        row.pk: coded
        for at, (row, coded) in enumerate(zip(rows, answered.coded, strict=True))
        if at not in answered.unanswered
    }
    _keep(said, known, now)
    return sum(bool(coded) for coded in said.values())


@transaction.atomic
def _keep(said: dict[int, list[Coded]], themes: dict[str, Theme], now: datetime) -> None:
    mine = Mention.objects.filter(source=MentionSource.MODEL, response__in=said)
    own = set(mine.filter(confidence__isnull=False).values_list("response", flat=True))
    mine.filter(confidence=None).delete()
    Mention.objects.bulk_create(
        Mention(
            response_id=pk, theme=themes[each.slug], source=MentionSource.MODEL, at=now,
            weight=weight, sentiment=each.sentiment, words=[list(span) for span in each.words],
        )
        for pk, coded in said.items()
        if pk not in own
        for each, weight in zip(
            coded, shares([Cause(each.slug) for each in coded]).values(), strict=True
        )
    )  # fmt: skip
    events = [Event("response.coded", "response", pk) for pk in said]
    if events:
        append(actor=SYSTEM, now=now, events=events)


def _asked(theme: Theme) -> ThemeAsked:
    """In English, which every language model reads; themes without it in what there is."""
    return ThemeAsked(
        theme.slug, str(theme.names.get("en") or theme), _words(theme.definition),
        list(theme.examples.get("en", [])), list(theme.counter_examples.get("en", [])),
    )  # fmt: skip


def _words(texts: dict[str, str]) -> str:
    return texts.get("en") or next(iter(texts.values()), "")
