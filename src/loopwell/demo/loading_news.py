"""What do the people of the demo company read: stories, notices, messages, training?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from loopwell.access.enums import Role
from loopwell.access.models import Membership, Unit, User
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Result
from loopwell.cases.models import Case, Completion, Training
from loopwell.demo.news_words import LESSONS, MESSAGES, NOTICES, REASONS, STORIES
from loopwell.stories.enums import ReactionKind, StoryState
from loopwell.stories.models import KeyMessage, Notice, NoticeRead, Reaction, Recognition, Story
from loopwell.stories.queries import candidates
from loopwell.stories.rules import quarter_before, quarter_of
from loopwell.themes.models import Theme

DAY = timedelta(days=1)


def load_news(now: datetime) -> None:
    people = list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))
    root = Unit.objects.filter(parent=None).first()
    if root is None or not people:
        return
    _stories(now, people)
    _notices(now, root, people)
    _recognition(now)
    KeyMessage.objects.bulk_create(
        KeyMessage(touchpoint=touchpoint, texts=texts, position=i, updated_at=now - 20 * DAY,
                   is_demo=True)
        for i, (touchpoint, texts) in enumerate(MESSAGES)
    )  # fmt: skip
    _training(now)


def _stories(now: datetime, people: Sequence[User]) -> None:
    closed = Case.objects.filter(closures__result=Result.SOLVED, response__isnull=False)
    rows = closed.select_related("response", "owner").order_by("-closed_at")[: len(STORIES) * 7 : 7]
    made = []
    for i, (case, (title, text)) in enumerate(zip(rows, STORIES, strict=False)):
        at = now - (2 + 6 * i) * DAY
        is_open = i == 0
        made.append(
            Story(
                title=title, text=text, case=case, response=case.response, unit=case.unit,
                employee=None if is_open else case.owner, by=case.owner, at=at,
                state=StoryState.PROPOSED if is_open else StoryState.PUBLISHED,
                decided_at=None if is_open else at + DAY, is_demo=True,
            )
        )  # fmt: skip
    saved = Story.objects.bulk_create(made)
    kinds = list(ReactionKind)
    Reaction.objects.bulk_create(
        Reaction(story=story, user=user, kind=kinds[(i + j) % 3], at=now - DAY)
        for i, story in enumerate(saved)
        if story.state == StoryState.PUBLISHED
        for j, user in enumerate(people[i :: 5 + 3 * i][:30])
    )


def _notices(now: datetime, root: Unit, people: Sequence[User]) -> None:
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    saved = Notice.objects.bulk_create(
        Notice(title=title, text=text, theme=themes.get(slug), unit=root, at=now - days * DAY,
               is_demo=True)
        for title, text, slug, days in NOTICES
    )  # fmt: skip
    NoticeRead.objects.bulk_create(
        NoticeRead(notice=notice, user=user, at=notice.at + DAY)
        for i, notice in enumerate(saved[1:], start=2)
        for user in people[:: i + 1]
    )


def _recognition(now: datetime) -> None:
    """Those whom customers praised most in the quarter before."""
    quarter = quarter_before(quarter_of(now.date()))
    best = [each.user for each in candidates(SYSTEM, quarter)]
    Recognition.objects.bulk_create(
        Recognition(quarter=quarter, employee=user, unit=user.unit, reason=reason,
                    at=now - 30 * DAY, is_demo=True)
        for user, reason in zip(best, REASONS, strict=False)
    )  # fmt: skip


def _training(now: datetime) -> None:
    saved = Training.objects.bulk_create(
        Training(texts=texts, roles=roles, position=i, updated_at=now - 90 * DAY, is_demo=True)
        for i, (roles, texts) in enumerate(LESSONS)
    )
    callers = Membership.objects.filter(user__is_demo=True).exclude(role=Role.ADMINISTRATOR)
    Completion.objects.bulk_create(
        [
            Completion(training=training, user_id=user, at=now - 80 * DAY)
            for training in saved[:2]
            for user in sorted(
                set(callers.filter(role__in=training.roles).values_list("user_id", flat=True))
            )[::1]
        ],
        ignore_conflicts=True,
    )
