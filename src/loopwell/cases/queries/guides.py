"""Which steps lead through this call, and what did the company write for which survey?"""

from collections.abc import Sequence

from loopwell.cases.models import CallGuide, Case
from loopwell.cases.rules.guide import Step, chosen_steps, default_steps, filled
from loopwell.delivery.letters import company_name
from loopwell.surveys.models import Survey


def guide_for(case: Case, *, agent: str, language: str) -> list[Step]:
    """The survey's own guide, else the company's, else ours; in the agent's language."""
    survey = _survey_of(case)
    written = {row.survey_id: row.steps for row in CallGuide.objects.filter(survey=None)}
    if survey is not None:
        written |= {row.survey_id: row.steps for row in CallGuide.objects.filter(survey_id=survey)}
    steps: Sequence[Step] = []
    for key in (survey, None):
        steps = steps or chosen_steps(written.get(key, {}), language)
    facts = {"customer": str(case.customer), "agent": agent, "company": company_name()}
    return filled(steps or default_steps(language), facts)


def guide_of(survey: Survey | None) -> CallGuide | None:
    rows = CallGuide.objects.select_related("updated_by")
    return rows.filter(survey=survey).order_by("pk").first()


def surveys_with_guides() -> Sequence[tuple[Survey, bool]]:
    """Every survey that goes on, and whether it has a guide of its own."""
    own = set(CallGuide.objects.exclude(survey=None).values_list("survey_id", flat=True))
    return [(survey, survey.pk in own) for survey in Survey.objects.order_by("name", "pk")]


def _survey_of(case: Case) -> int | None:
    if case.response is not None:
        return case.response.survey_id
    return case.invitation.version.survey_id if case.invitation else None
