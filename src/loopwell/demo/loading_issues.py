"""Which issues did teams of the demo company raise, and where do they stand?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, User
from loopwell.access.queries.holders import nearest_holders
from loopwell.cases.models import Case
from loopwell.demo.issue_words import ISSUES, STEPS
from loopwell.huddles.enums import IssueState
from loopwell.huddles.models import Evidence, Issue, IssueStep, Supporter
from loopwell.themes.models import Mention, Theme

DAY = timedelta(days=1)
SHOWN = 4
ANSWERS = (IssueState.ACCEPTED, IssueState.ANSWERED)


def load_issues(now: datetime) -> None:
    teams = _teams()
    office = User.objects.filter(pk__in=nearest_holders(Right.RUN_SURVEYS, None), is_demo=True)
    answering = office.filter(memberships__role=Role.PROGRAMME).first() or office.first()
    if not teams or answering is None:
        return
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    made: dict[str, Issue] = {}
    for i, (title, text, slug, days, steps) in enumerate(ISSUES):
        raiser = teams[i % len(teams)]
        issue = Issue.objects.create(
            title=title, text=text, theme=themes.get(slug), unit=raiser.unit, by=raiser,
            state=steps[-1][0] if steps else IssueState.NEW, at=now - days * DAY,
            first_answer_at=_first_answer(steps, now), is_demo=True,
        )  # fmt: skip
        _steps(issue, steps, answering, now)
        _stand(issue, made.get(slug), steps, answering, now)
        made.setdefault(slug, issue)
        _evidence(made[slug], raiser, now)
        Supporter.objects.get_or_create(
            issue=made[slug], user=raiser, defaults={"unit": raiser.unit, "at": issue.at}
        )
    _more_voices(made["long-waiting"], teams, now)


def _teams() -> Sequence[User]:
    """Who leads a team with no team below it, of different units."""
    rows = Membership.objects.filter(
        role__in=[Role.MANAGER, Role.SUPERVISOR], user__is_demo=True, unit__children=None
    ).select_related("user__unit")
    found = {row.unit_id: row.user for row in rows.order_by("unit_id", "pk") if row.user.unit}
    return list(found.values())


def _first_answer(steps: STEPS, now: datetime) -> datetime | None:
    return next((now - days * DAY for state, _by, _text, days in steps if state in ANSWERS), None)


def _steps(issue: Issue, steps: STEPS, office: User, now: datetime) -> None:
    IssueStep.objects.bulk_create(
        [
            IssueStep(issue=issue, state=IssueState.NEW, by=issue.by, at=issue.at),
            *(
                IssueStep(issue=issue, state=state, text=text, by=office if by else issue.by,
                          at=now - days * DAY)
                for state, by, text, days in steps
            ),
        ]
    )  # fmt: skip


def _stand(issue: Issue, first: Issue | None, steps: STEPS, office: User, now: datetime) -> None:
    """What is being done about it, or to which it was joined."""
    work = [text for state, _by, text, _days in steps if state == IssueState.ACCEPTED]
    if work:
        issue.work, issue.work_owner = work[-1], office
        issue.due_on = (now + 20 * DAY).date()
    if issue.state == IssueState.JOINED and first is not None:
        issue.joined_to = first
        issue.first_answer_at = max(issue.at, first.first_answer_at or issue.at) + DAY
    issue.save()


def _evidence(issue: Issue, raiser: User, now: datetime) -> None:
    """The newest cases of the team in which this root cause was found, else its newest."""
    cases = Case.objects.filter(unit=raiser.unit, response__isnull=False).order_by("-opened_at")
    found = Mention.objects.filter(theme=issue.theme).values("response_id")
    rows = list(cases.filter(response_id__in=found)[:SHOWN]) or list(cases[:2])
    Evidence.objects.bulk_create(
        Evidence(issue=issue, case=case, response=case.response, by=raiser, at=now - DAY)
        for case in rows
    )


def _more_voices(issue: Issue, teams: Sequence[User], now: datetime) -> None:
    Supporter.objects.bulk_create(
        Supporter(issue=issue, user=user, unit=user.unit, at=now - DAY)
        for user in teams[:4]
        if user.pk != issue.by_id
    )
