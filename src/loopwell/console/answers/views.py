"""Staff pages: the list of answers, its export, one answer."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.cases.queries import case_of
from loopwell.cases.queries.coaching import may_coach, notes_on
from loopwell.console.answers import choices
from loopwell.console.answers.acting import acting_context
from loopwell.console.answers.export import exported
from loopwell.console.answers.feed import newest_id, saved
from loopwell.console.answers.further import Column, further_answers, label_of, reader
from loopwell.console.answers.selection import Selection, read_selection
from loopwell.console.answers.story import story_of
from loopwell.console.cases.helping_forms import CoachingForm
from loopwell.console.door import StaffRequest, staff
from loopwell.console.use.counting import count_visit
from loopwell.digests.enums import Used
from loopwell.huddles.queries.issues import may_raise
from loopwell.insights.questions import row_of
from loopwell.responses.call_times import KEY, in_words
from loopwell.responses.queries import answer_by_ref, answers, further_in, tally
from loopwell.responses.queries.held import held_count
from loopwell.responses.queries.naming import reads_every_name, reads_name
from loopwell.themes.queries.found import found_in

PER_PAGE = 50


@staff(Right.READ_ANSWERS)
def list_answers(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    selection = read_selection(request.GET, request.actor, now, further=True)
    wanted = selection.for_answers()
    counted = tally(request.actor, wanted)
    stats = {"n": counted.n, "promoters": counted.promoters, "detractors": counted.detractors}
    passives = counted.n - counted.promoters - counted.detractors
    pages = Paginator(answers(request.actor, wanted), PER_PAGE)
    pages.count = counted.n
    page = pages.get_page(request.GET.get("page"))
    count_visit(request, Used.FEED, now)
    context = {
        **saved(request, selection),
        **acting_context(request, page),
        "newest_id": newest_id(request.actor, wanted) if page.number == 1 else None,
        "selection": selection,
        # A score of detractors alone would say nothing: then the count stands by itself.
        "partial": bool(selection.category or selection.further.scores)
        or selection.score is not None,
        "result": row_of("nps", (), stats),
        "counted": counted,
        "passives": passives,
        "counted_parts": {**stats, "passives": passives},
        "page": page,
        "links": {c: selection.query(category=c) for c in ("promoter", "passive", "detractor")},
        "held": held_count(request.actor),
        "choices": _choices(request, selection),
        "more_open": bool(selection.survey or selection.touchpoint or selection.language),
        "applied": choices.applied(request.actor, selection),
        "sees_customers": request.actor.may(Right.READ_CUSTOMERS),
        "sees_cases": request.actor.may(Right.READ_CASES),
        "names_everybody": reads_every_name(request.actor),
        "now": now,
    }
    return render(request, "console/answers/list.html", context)


@staff(Right.READ_ANSWERS)
def export(request: StaffRequest) -> StreamingHttpResponse:
    """The selected answers as CSV, for spreadsheets."""
    selection = read_selection(request.GET, request.actor, timezone.now(), further=True)
    rows = answers(request.actor, selection.for_answers())
    named = request.actor.may(Right.READ_CUSTOMERS)
    columns = _further_columns(rows)
    lines = exported(
        rows,
        choices.property_labels(),
        further=columns,
        with_customers=named,
        names_for=request.actor,
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="answers.csv"'
    return response


def _further_columns(rows: Any) -> list[Column]:
    """One for each further question of the surveys answered; with the survey's name if several."""
    asked = further_in(rows)
    several = len({version.survey_id for _question, version in asked}) > 1
    read = reader()
    found = []
    for question, version in asked:
        texts = read(version)
        header = label_of(question, texts)
        if several:
            header = f"{version.survey.name}: {header}"
        found.append(Column(version.survey_id, question, header, texts))
    return found


@staff(Right.READ_ANSWERS)
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    found = answer_by_ref(request.actor, ref)
    case = case_of(request.actor, found)
    labels = choices.property_labels()
    context = {
        "answer": found,
        "employee": found.employee if reads_name(request.actor, found.employee_id) else None,
        "may_raise": may_raise(request.actor) and not found.is_test,
        "may_coach": may_coach(request.actor, found.employee),
        "coaching": notes_on(request.actor, found),
        "coaching_form": CoachingForm(auto_id="id_coaching_%s"),
        "case": case,
        "story": story_of(found, case),
        "themes": found_in(found),
        "may_code": request.actor.may(Right.RUN_SURVEYS) and not found.is_test,
        "further": further_answers(found),
        "call_wish": in_words(found.answers.get(KEY) or {}),
        "properties": [(labels.get(n, n), v) for n, v in sorted(found.properties.items()) if v],
        "language": choices.language_name(found.language) if found.language else "",
        "sees_customers": request.actor.may(Right.READ_CUSTOMERS),
        "now": timezone.now(),
    }
    return render(request, "console/answers/answer.html", context)


def _choices(request: StaffRequest, selection: Selection) -> dict[str, list[choices.Choice]]:
    actor = request.actor
    return {
        "period": choices.periods(selection),
        "unit": choices.units(actor, selection),
        "kind": choices.kinds(selection),
        "category": choices.categories(selection),
        "survey": choices.surveys(actor, selection),
        "touchpoint": choices.touchpoints_of(actor, selection),
        "language": choices.languages_of(actor, selection),
    }
