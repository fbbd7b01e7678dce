"""Which rules has each theme, what did they find lately, and is history being read by them?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from loopwell.jobs.models import Job
from loopwell.jobs.queries import unfinished
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention, TextRule, Theme
from loopwell.themes.queries.judging import Judged, judged_rules
from loopwell.themes.queries.taxonomy import lines

HISTORY = "themes.rules_history"
"""The kind of job that reads all comments anew for one theme."""
LATELY, JUST_NOW = timedelta(days=90), timedelta(minutes=1)


@dataclass(frozen=True)
class Ruled:
    """A theme with rules; `found`: in how many answers of the last 90 days they found it."""

    theme: Theme
    rules: list[TextRule]
    found: int
    judged: Judged

    @property
    def is_on(self) -> bool:
        return any(rule.is_on for rule in self.rules)


@dataclass(frozen=True)
class Running:
    """The job that reads history now, or the last one when that failed or has just finished; all
    themes (ids) that are read or wait for it."""

    job: Job
    theme: Theme | None
    themes: set[int]

    @property
    def waiting(self) -> int:
        return max(len(self.themes) - 1, 0)

    @property
    def is_open(self) -> bool:
        return self.job.finished_at is None and self.job.failed_at is None


def ruled_themes(now: datetime) -> list[Ruled]:
    """In the order of the tree, retired themes last."""
    rules: dict[str, list[TextRule]] = {}
    for rule in TextRule.objects.select_related("theme").order_by("pk"):
        rules.setdefault(rule.theme.slug, []).append(rule)
    order = [line.theme for retired in (False, True) for line in lines(retired=retired)]
    shown = [theme for theme in order if theme.slug in rules]
    shown += [each[0].theme for slug, each in rules.items() if each[0].theme not in shown]
    found, people = _found_since(now - LATELY), judged_rules(list(rules))
    return [
        Ruled(theme, rules[theme.slug], found.get(theme.pk, 0), people[theme.slug])
        for theme in shown
    ]


def reading_history(now: datetime) -> Running | None:
    open_jobs = list(unfinished().filter(kind=HISTORY).order_by("pk"))
    last = open_jobs[0] if open_jobs else Job.objects.filter(kind=HISTORY).order_by("-pk").first()
    if last is None or (last.finished_at and last.finished_at < now - JUST_NOW):
        return None
    theme = Theme.objects.filter(pk=last.args["theme"]).first()
    return Running(last, theme, {each.args["theme"] for each in open_jobs})


def comments_in_all() -> int:
    return Response.objects.filter(is_test=False).exclude(comment="").count()


def found_by_rules(theme: Theme) -> int:
    """In how many answers rules found it, ever."""
    return Mention.objects.filter(theme=theme, source=MentionSource.RULE).count()


def _found_since(start: datetime) -> dict[int, int]:
    rows = Mention.objects.filter(
        source=MentionSource.RULE, response__answered_at__gte=start, response__is_test=False
    )
    return dict(rows.values_list("theme").annotate(n=Count("pk")))
