"""Staff pages: which surveys are there, in which words, and which version is live?"""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.surveys.forms import LanguagesForm, NewSurveyForm, TextsForm
from loopwell.console.surveys.preview import shown
from loopwell.kit.errors import Invalid, NotFound
from loopwell.responses.queries import visible_to as visible_answers
from loopwell.surveys import operations, queries
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.rules import TEXTS, languages_of, texts_for


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
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    codes = languages_of(newest)
    asked = request.GET.get("language", "")
    language = asked if asked in codes else codes[0]
    context = {
        "survey": found,
        "newest": newest,
        "live": queries.published(found),
        "versions": queries.versions_of(found),
        "codes": codes,
        "languages_form": LanguagesForm(
            initial={"languages": codes, "default": newest.default_language}
        ),
        **shown(texts_for(newest, language), language),
    }
    return render(request, "console/surveys/survey.html", context)


@staff(Right.RUN_SURVEYS)
def edit(request: StaffRequest, ref: str, language: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    if language not in newest.texts:
        raise NotFound(_("The survey has no texts in this language."))
    form = TextsForm(request.POST or None, texts=newest.texts[language])
    if request.method == "POST" and form.is_valid():
        operations.save_draft(
            actor=request.actor,
            survey=found,
            language=language,
            texts=form.cleaned_data,
            now=timezone.now(),
        )
        messages.success(request, _("Saved as a draft. Customers see it once it is published."))
        return redirect("surveys:edit", ref, language)
    texts = texts_for(newest, language) if not form.is_bound else _typed(request)
    context = {
        "survey": found,
        "newest": newest,
        "form": form,
        "codes": languages_of(newest),
        **shown(texts, language),
    }
    return render(request, "console/surveys/edit.html", context, status=422 if form.errors else 200)


@require_POST
@staff(Right.RUN_SURVEYS)
def preview(request: StaffRequest, ref: str, language: str) -> HttpResponse:
    """The phone beside the form, with the words as they are being typed; stores nothing."""
    queries.survey_by_ref(request.actor, ref)
    return render(request, "console/surveys/_preview.html", shown(_typed(request), language))


def _typed(request: StaffRequest) -> dict[str, str]:
    return {text.key: request.POST.get(text.key, "")[: text.limit] for text in TEXTS}


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


@staff(Right.RUN_SURVEYS)
def publish(request: StaffRequest, ref: str) -> HttpResponse:
    """Asks once, because a published version can never be changed."""
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    context: dict[str, Any] = {"survey": found, "newest": newest, "codes": languages_of(newest)}
    if request.method == "POST":
        try:
            made = operations.publish_version(actor=request.actor, survey=found, now=timezone.now())
        except operations.TextsMissing as error:
            labels = {text.key: text.label for text in TEXTS}
            context["missing"] = [
                (code, labels[key], problems[0])
                for (code, key), problems in (
                    (where.split(".", 1), problems) for where, problems in error.fields.items()
                )
            ]
            return render(request, "console/surveys/publish.html", context, status=422)
        words = _("Version %(number)d is live: new sendings use it.")
        messages.success(request, words % {"number": made.number})
        return redirect("surveys:survey", ref)
    return render(request, "console/surveys/publish.html", context)


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
    context = {
        "survey": found,
        "wanted": wanted,
        "codes": codes,
        "written": [(text.label, texts[text.key]) for text in TEXTS],
        **shown(texts, language),
    }
    return render(request, "console/surveys/version.html", context)
