"""Staff pages: which surveys are there, in which words, and which version is live?"""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.answers.further import further_answers
from loopwell.console.door import StaffRequest, staff
from loopwell.console.surveys.cards import addable, cards
from loopwell.console.surveys.forms import LanguagesForm, NewSurveyForm
from loopwell.console.surveys.preview import look_of, shown
from loopwell.console.surveys.questions import language_of
from loopwell.kit.errors import Invalid, NotFound
from loopwell.responses.queries import test_answers
from loopwell.responses.queries import visible_to as visible_answers
from loopwell.surveys import operations, queries
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.questions import questions_of
from loopwell.surveys.rules import (
    MAIL_TEXTS,
    MOST_QUESTIONS,
    THANKS_TEXTS,
    completeness,
    languages_of,
    texts_for,
)

TESTS_SHOWN = 20


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    archived = "archived" in request.GET
    rows = []
    listed = list(queries.surveys_listed(request.actor, archived=archived))
    imported = _answers_of_unpublished(request)
    for each in listed:
        versions = [*each.versions.all()]
        live = next((v for v in versions if v.published_at), None)
        draft = next((v for v in versions if not v.published_at), None)
        rows.append(
            {
                "survey": each,
                "live": live,
                "draft": draft,
                "languages": languages_of(versions[0]),
                "questions": len(questions_of(versions[0])),
                "imported": 0 if live else imported.get(each.pk, 0),
            }
        )
    return render(request, "console/surveys/list.html", {"rows": rows, "archived": archived})


def _answers_of_unpublished(request: StaffRequest) -> dict[int, int]:
    """By survey: answers to surveys never sent, which therefore came from files."""
    if not request.actor.may(Right.READ_ANSWERS):
        return {}
    rows = visible_answers(request.actor).filter(version=None).order_by()
    return dict(rows.values_list("survey_id").annotate(Count("pk")))


@staff(Right.RUN_SURVEYS)
def new(request: StaffRequest) -> HttpResponse:
    start = {"languages": [(get_language() or "en")[:2]], "kind": SurveyKind.RELATIONSHIP}
    form = NewSurveyForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = operations.create_survey(
                actor=request.actor,
                name=given["name"],
                kind=SurveyKind(given["kind"]),
                touchpoint=given["touchpoint"],
                languages=given["languages"],
                now=timezone.now(),
            )
            return redirect("surveys:survey", made.ref)
        except Invalid as error:
            form.add_error(None, str(error))
    status = 422 if form.is_bound else 200
    return render(request, "console/surveys/new.html", {"form": form}, status=status)


@staff(Right.RUN_SURVEYS)
def survey(request: StaffRequest, ref: str) -> HttpResponse:
    """The builder: its questions in order, its languages, and how a customer sees it."""
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    questions = questions_of(newest)
    language = language_of(request, newest)
    texts = texts_for(newest, language)
    tests = list(test_answers(request.actor, found)[:TESTS_SHOWN])
    context = {
        "survey": found,
        "newest": newest,
        "live": queries.published(found),
        "versions": queries.versions_of(found),
        "cards": cards(questions, texts),
        "addable": addable(questions),
        "most_questions": MOST_QUESTIONS,
        "changes_allowed": found.archived_at is None,
        "languages": [
            {"code": code, "complete": completeness(newest.texts.get(code, {}), questions)}
            for code in languages_of(newest)
        ],
        "codes": languages_of(newest),
        "languages_form": LanguagesForm(
            initial={"languages": languages_of(newest), "default": newest.default_language}
        ),
        "tests": [{"answer": t, "further": further_answers(t)} for t in tests],
        "now": timezone.now(),
        **shown(texts, language, questions, look_of(request.GET)),
    }
    return render(request, "console/surveys/survey.html", context)


@require_POST
@staff(Right.RUN_SURVEYS)
def languages(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    form = LanguagesForm(request.POST)
    if form.is_valid():
        operations.set_languages(
            actor=request.actor,
            survey=found,
            languages=form.cleaned_data["languages"],
            default=form.cleaned_data["default"],
            now=timezone.now(),
        )
    else:
        messages.error(request, _("Choose at least one language."))
    return redirect("surveys:survey", ref)


@require_POST
@staff(Right.RUN_SURVEYS)
def archive(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    if "restore" in request.POST:
        operations.restore_survey(actor=request.actor, survey=found)
        return redirect("surveys:survey", ref)
    operations.archive_survey(actor=request.actor, survey=found, now=timezone.now())
    messages.success(request, _("Archived. You find it under “Archived surveys”."))
    return redirect("surveys:list")


@staff(Right.RUN_SURVEYS)
def version(request: StaffRequest, ref: str, number: int) -> HttpResponse:
    """The words of one version as they were shown."""
    found = queries.survey_by_ref(request.actor, ref)
    wanted = next((v for v in queries.versions_of(found) if v.number == number), None)
    if wanted is None:
        raise NotFound(_("There is no such version."))
    codes = languages_of(wanted)
    asked = request.GET.get("language", "")
    language = asked if asked in codes else codes[0]
    texts = texts_for(wanted, language)
    questions = questions_of(wanted)
    context = {
        "survey": found,
        "wanted": wanted,
        "codes": codes,
        "cards": cards(questions, texts),
        "written": [
            (text.label, texts[text.key])
            for text in (*THANKS_TEXTS, *MAIL_TEXTS)
            if texts.get(text.key)
        ],
        **shown(texts, language, questions, look_of(request.GET)),
    }
    return render(request, "console/surveys/version.html", context)
