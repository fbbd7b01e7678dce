"""Staff pages: how is a question added, changed, moved and removed?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.surveys.cards import ICONS, addable, label_of
from loopwell.console.surveys.preview import able_to_see, look_of, shown
from loopwell.console.surveys.question_form import QuestionForm
from loopwell.kit.errors import Invalid, NotFound
from loopwell.surveys import operations, queries
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import Question, questions_of
from loopwell.surveys.rules import languages_of, texts_for
from loopwell.surveys.rules.suggestions import usual_points

NEW = "new"
"""Stands for the key of a question that has none yet."""


@staff(Right.RUN_SURVEYS)
def add(request: StaffRequest, ref: str, kind: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    if kind not in {each["type"] for each in addable(questions_of(newest))}:
        raise NotFound(_("Such a question cannot be added to this survey."))
    question = _blank(kind)
    return _edit(request, found, newest, question, is_new=True)


@staff(Right.RUN_SURVEYS)
def change(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    return _edit(request, found, newest, _by_key(newest, key), is_new=False)


def _edit(
    request: StaffRequest, survey: Any, newest: Any, question: Question, *, is_new: bool
) -> HttpResponse:
    language = language_of(request, newest)
    form = form_for(request, survey, newest, question, language)
    wrong = None
    if request.method == "POST" and "look" not in request.POST and form.is_valid():
        try:
            made = _save(request, survey, form, language, is_new=is_new)
        except Invalid as error:
            wrong = str(error)
        else:
            if {"up", "more"} & request.POST.keys():
                return redirect(_address("question", survey.ref, made.key, language=language))
            messages.success(request, _("Saved as a draft. Customers see it once it is published."))
            return redirect(_address("survey", survey.ref, language=language) + f"#q-{made.key}")
    context = {
        "survey": survey,
        "newest": newest,
        "question": question,
        "icon_name": ICONS[question.type],
        "is_new": is_new,
        "form": form,
        "wrong": wrong,
        "codes": languages_of(newest),
        **typed_question(request, newest, form, language),
    }
    status = 422 if wrong or (form.is_bound and form.errors) else 200
    return render(request, "console/surveys/question.html", context, status=status)


def _save(
    request: StaffRequest, survey: Any, form: QuestionForm, language: str, *, is_new: bool
) -> Question:
    question, words = form.written()
    save = operations.add_question if is_new else operations.change_question
    return save(
        actor=request.actor,
        survey=survey,
        question=question,
        words=words,
        language=language,
        now=timezone.now(),
    )


def form_for(
    request: StaffRequest, survey: Any, newest: Any, question: Question, language: str
) -> QuestionForm:
    questions = questions_of(newest)
    keys = [each.key for each in questions]
    place = keys.index(question.key) if question.key in keys else len(questions)
    return QuestionForm(
        request.POST if request.method == "POST" else None,
        question=question,
        texts=newest.texts.get(language, {}),
        language=language,
        earlier=questions[:place],
        settled=question.key in queries.past_questions(survey),
    )


def typed_question(
    request: StaffRequest, newest: Any, form: QuestionForm, language: str
) -> dict[str, object]:
    """The preview with the question as it is being typed."""
    question, words = form.written()
    texts = {language: texts_for(newest, language)}
    made, mended = operations.worded(question, words, language, texts)
    questions = [made if each.key == made.key else each for each in questions_of(newest)]
    if made not in questions:
        questions.append(made)
    look = look_of(request.POST if request.method == "POST" else request.GET)
    if request.method == "GET" and "as" not in request.GET:
        look = able_to_see(made, look)
    return shown(mended[language], language, questions, look)


def question_named(newest: Any, name: str) -> Question:
    """The question that a form is about: "new-csat" or a key."""
    prefix, _dash, kind = name.partition("-")
    return _blank(kind) if prefix == NEW and kind else _by_key(newest, name)


def _blank(kind: str) -> Question:
    try:
        found = QuestionType(kind)
    except ValueError:
        raise NotFound(_("There is no such kind of question.")) from None
    fixed = operations.FIXED_KEYS.get(found, NEW)
    return Question(fixed, found, points=usual_points(found))


def _by_key(newest: Any, key: str) -> Question:
    for question in questions_of(newest):
        if question.key == key:
            return question
    raise NotFound(_("There is no such question."))


def language_of(request: StaffRequest, version: Any) -> str:
    """The language chosen in the address or form, if the version has it."""
    asked = request.POST.get("language") or request.GET.get("language", "")
    return asked if asked in version.texts else version.default_language


def _address(page: str, *args: str, language: str) -> str:
    return f"{reverse(f'surveys:{page}', args=args)}?language={language}"


@staff(Right.RUN_SURVEYS)
def remove(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """Asks once; what customers answered stays."""
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    language = language_of(request, newest)
    question = _by_key(newest, key)
    label = label_of(question, texts_for(newest, language))
    context: dict[str, Any] = {"survey": found, "label": label, "language": language}
    if request.method == "POST":
        try:
            operations.remove_question(
                actor=request.actor, survey=found, key=key, now=timezone.now()
            )
        except Invalid as error:
            context["wrong"] = str(error)
            return render(request, "console/surveys/remove.html", context, status=422)
        messages.success(request, _("Removed from the draft."))
        return redirect(_address("survey", ref, language=language))
    return render(request, "console/surveys/remove.html", context)


@require_POST
@staff(Right.RUN_SURVEYS)
def move(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    language = language_of(request, queries.newest(found))
    up = request.POST.get("to") == "up"
    try:
        operations.move_question(
            actor=request.actor, survey=found, key=key, up=up, now=timezone.now()
        )
    except Invalid as error:
        messages.error(request, str(error))
    return redirect(_address("survey", ref, language=language) + f"#q-{key}")
