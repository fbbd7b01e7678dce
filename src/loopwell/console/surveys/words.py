"""Staff pages: in which words does a survey ask, what do they look like, and may it go live?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.surveys.changes import changes_between
from loopwell.console.surveys.forms import TextsForm
from loopwell.console.surveys.preview import look_of, shown
from loopwell.console.surveys.questions import form_for, question_named, typed_question
from loopwell.integrations.addresses import sms_sizes
from loopwell.kit.errors import NotFound
from loopwell.surveys import operations, queries
from loopwell.surveys.questions import questions_of
from loopwell.surveys.rules import completeness, faults, languages_of, texts_for, texts_of


@staff(Right.RUN_SURVEYS)
def edit(request: StaffRequest, ref: str, language: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    if language not in newest.texts:
        raise NotFound(_("The survey has no texts in this language."))
    questions = questions_of(newest)
    form = TextsForm(request.POST or None, texts=newest.texts[language], questions=questions)
    _say_cost(form, newest, language)
    if request.method == "POST" and "look" not in request.POST and form.is_valid():
        operations.save_draft(
            actor=request.actor,
            survey=found,
            language=language,
            texts=form.cleaned_data,
            now=timezone.now(),
        )
        _say_saved(request, form)
        return redirect("surveys:edit", ref, language)
    texts = _typed(request, newest) if form.is_bound else texts_for(newest, language)
    look = look_of(request.POST if form.is_bound else request.GET)
    context = {
        "survey": found,
        "newest": newest,
        "form": form,
        "codes": languages_of(newest),
        "complete": completeness(newest.texts[language], questions),
        **shown(texts, language, questions, look),
    }
    return render(request, "console/surveys/edit.html", context, status=422 if form.errors else 200)


def _say_cost(form: TextsForm, newest: Any, language: str) -> None:
    """Under each SMS, into how many it is cut as it is saved now."""
    for key, size in sms_sizes(newest, language).items():
        words = ngettext(
            "As saved it leaves as %(count)d SMS: %(characters)d characters with the link.",
            "As saved it leaves as %(count)d SMS: %(characters)d characters with the link.",
            size.segments,
        )
        said = {"count": size.segments, "characters": size.characters}
        form.fields[key].help_text = words % said


def _say_saved(request: StaffRequest, form: TextsForm) -> None:
    lacking = len(faults(form.cleaned_data, form.questions))
    if not lacking:
        messages.success(request, _("Saved as a draft. Customers see it once it is published."))
        return
    words = ngettext(
        "Saved as a draft. %(count)d text is still missing before it can be published.",
        "Saved as a draft. %(count)d texts are still missing before it can be published.",
        lacking,
    )
    messages.success(request, words % {"count": lacking})


@staff(Right.RUN_SURVEYS)
def preview(request: StaffRequest, ref: str, language: str) -> HttpResponse:
    """The screen beside a form, with the words as they are being typed; stores nothing."""
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    questions = questions_of(newest)
    if request.method == "POST" and "question_form" in request.POST:
        question = question_named(newest, request.POST["question_form"])
        form = form_for(request, found, newest, question, language)
        context = typed_question(request, newest, form, language)
    elif request.method == "POST":
        context = shown(_typed(request, newest), language, questions, look_of(request.POST))
    else:
        texts = texts_for(newest, language)
        context = shown(texts, language, questions, look_of(request.GET))
    return render(request, "console/surveys/_preview.html", context)


def _typed(request: StaffRequest, newest: Any) -> dict[str, str]:
    wanted = texts_of(questions_of(newest))
    return {text.key: request.POST.get(text.key, "")[: text.limit] for text in wanted}


@staff(Right.RUN_SURVEYS)
def publish(request: StaffRequest, ref: str) -> HttpResponse:
    """Asks once, because a published version can never be changed."""
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    if request.method == "POST":
        try:
            made = operations.publish_version(actor=request.actor, survey=found, now=timezone.now())
        except (operations.TextsMissing, operations.QuestionsWrong) as error:
            return _ask_again(request, found, newest, str(error))
        words = _("Version %(number)d is live: new sendings use it.")
        messages.success(request, words % {"number": made.number})
        return redirect("surveys:survey", ref)
    return _ask_again(request, found, newest, "")


def _ask_again(request: StaffRequest, survey: Any, newest: Any, wrong: str) -> HttpResponse:
    live = queries.published(survey)
    context = {
        "survey": survey,
        "newest": newest,
        "live": live,
        "changes": changes_between(live, newest) if live and not newest.published_at else [],
        "missing": _missing(newest) if not newest.published_at else [],
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "console/surveys/publish.html", context, status=status)


def _missing(version: Any) -> list[tuple[str, str, str, str]]:
    """Language, key, label and what is the matter, of every text that cannot go live."""
    questions = questions_of(version)
    labels = {text.key: str(text.label) for text in texts_of(questions)}
    return [
        (code, key, labels[key], problems[0])
        for code in languages_of(version)
        for key, problems in faults(version.texts.get(code, {}), questions).items()
    ]
