"""What does the model in use find in comments, and how is that kept?"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from loopwell.access.rules import SYSTEM
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource, Sentiment, ThemeKind
from loopwell.themes.learning import Coder, Reading
from loopwell.themes.models import Mention, Theme
from loopwell.themes.queries.examples import themes_today
from loopwell.themes.queries.model import coder_in_use, embed_for
from loopwell.themes.rules import Cause, shares

CHUNK = 1_000
Key = tuple[int, int]


def read_history(now: datetime, progress: Callable[[int, int], None]) -> int:
    """Every comment there is, by the version in use; returns in how many something changed.

    May be run again after a crash: what is read already stays as it is.
    """
    rows = Response.objects.filter(is_test=False).exclude(comment="")
    total, done, changed, last = rows.count(), 0, 0, 0
    while True:
        ids = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not ids:
            return changed
        changed += read_comments(ids, now)
        last, done = ids[-1], done + len(ids)
        progress(done, max(total, done))


def never_read() -> bool:
    """No version is in use and none was: new comments need not be looked at."""
    if coder_in_use() is not None:
        return False
    return not Mention.objects.filter(source=MentionSource.MODEL).exists()


def read_comments(ids: Sequence[int], now: datetime) -> int:
    """Mentions of the model in these answers become what the version in use says.

    Idempotent; returns in how many answers something changed, each told to the journal. Reads
    before it takes the lock of the database, since reading may take seconds.
    """
    coder = coder_in_use()
    rows = Response.objects.filter(pk__in=ids, is_test=False).values_list("pk", "comment")
    comments = {pk: comment for pk, comment in rows if comment.strip()}
    wanted = {} if coder is None else _wanted(coder, comments)
    silent = comments.keys() - {response for response, _theme in wanted}
    return _keep(ids, wanted, silent if settings.CODER_URL else set(), now)


@transaction.atomic
def _keep(
    ids: Sequence[int], wanted: dict[Key, Mention], asked: Collection[int], now: datetime
) -> int:
    """In answers that were `asked`, what a language model said (without confidence) stays."""
    mine = Mention.objects.filter(source=MentionSource.MODEL, response__in=ids).exclude(
        response__in=asked, confidence=None
    )
    held = {(each.response_id, each.theme_id): each for each in mine}
    gone = [each.pk for key, each in held.items() if not _same(each, wanted.get(key))]
    new = [each for key, each in wanted.items() if not _same(each, held.get(key))]
    touched = {each.response_id for each in new}
    touched |= {each.response_id for key, each in held.items() if not _same(each, wanted.get(key))}
    Mention.objects.filter(pk__in=gone).delete()
    for each in new:
        each.at = now
    Mention.objects.bulk_create(new, batch_size=500)
    events = [Event("response.coded", "response", pk) for pk in sorted(touched)]
    if events:
        append(actor=SYSTEM, now=now, events=events)
    return len(touched)


def _wanted(coder: Coder, comments: dict[int, str]) -> dict[Key, Mention]:
    ids = list(comments)
    readings = coder.code([comments[pk] for pk in ids], embed_for(coder))
    themes = {theme.slug: theme for theme in Theme.objects.filter(retired_at=None)}
    today = themes_today()
    found: dict[Key, Mention] = {}
    for pk, reading in zip(ids, readings, strict=True):
        for mention in _mentions(coder, pk, comments[pk], reading, themes, today):
            found[mention.response_id, mention.theme_id] = mention
    return found


def _mentions(
    coder: Coder, pk: int, comment: str, reading: Reading, themes: dict[str, Theme],
    today: dict[str, str | None],
) -> Iterator[Mention]:  # fmt: skip
    named: dict[str, tuple[str, float]] = {}
    for guess in reading.guesses:
        slug = today.get(guess.theme)
        if slug is not None and guess.probability > named.get(slug, ("", 0.0))[1]:
            named[slug] = (guess.theme, guess.probability)
    weights = shares([Cause(slug) for slug in named])
    for slug, (learnt_as, probability) in named.items():
        yield Mention(
            response_id=pk, theme=themes[slug], source=MentionSource.MODEL,
            weight=weights[slug], sentiment=feeling(themes[slug]), confidence=probability,
            words=[list(place) for place in coder.shown_by(comment, learnt_as)],
        )  # fmt: skip


def feeling(theme: Theme) -> int:
    """A model that learnt themes alone says of the feeling what their kind says."""
    return Sentiment.POSITIVE if theme.kind == ThemeKind.DELIGHT else Sentiment.NEGATIVE


def _same(one: Mention, other: Mention | None) -> bool:
    return (
        other is not None
        and Decimal(one.weight) == Decimal(other.weight)
        and one.words == other.words
        and one.sentiment == other.sentiment
        and abs((one.confidence or 0) - (other.confidence or 0)) < 1e-6
    )
