"""Staff pages: ready words for letters, in every language."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases.operations import templating
from loopwell.cases.queries import letters as queries
from loopwell.cases.queries.strays import sorts_strays, strays
from loopwell.cases.rules.letters import FIELDS, filled_in
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.letters.forms import TemplateForm, initial_of
from loopwell.delivery.letters import company_name
from loopwell.kit.errors import Invalid


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    names = dict(settings.LANGUAGES)
    rows: list[dict[str, Any]] = [
        {"row": row, "languages": [names.get(code, code) for code in row.words]}
        for row in queries.all_templates(request.actor)
    ]
    context = {
        "templates": [each for each in rows if each["row"].retired_at is None],
        "retired": [each for each in rows if each["row"].retired_at is not None],
        "tab": "templates",
        **tabs(request),
    }
    return render(request, "console/letters/list.html", context)


@staff(Right.RUN_SURVEYS)
def add(request: StaffRequest) -> HttpResponse:
    return _form(request, None)


@staff(Right.RUN_SURVEYS)
def edit(request: StaffRequest, ref: str) -> HttpResponse:
    return _form(request, queries.template_by_ref(request.actor, ref))


@require_POST
@staff(Right.RUN_SURVEYS)
def retire(request: StaffRequest, ref: str) -> HttpResponse:
    """Or brings it back."""
    row = queries.template_by_ref(request.actor, ref)
    if row.retired_at is None:
        templating.retire_template(actor=request.actor, now=timezone.now(), template=row)
        messages.success(request, _("Nobody is offered these words any more."))
    else:
        templating.restore_template(actor=request.actor, now=timezone.now(), template=row)
        messages.success(request, _("These words are offered again."))
    return redirect("letters:list")


def tabs(request: StaffRequest) -> dict[str, Any]:
    return {
        "sorts": sorts_strays(request.actor),
        "unsorted": strays(request.actor).count(),
    }


def _form(request: StaffRequest, template: Any) -> HttpResponse:
    """Saves, or with "preview" only shows what a customer would read."""
    form = TemplateForm(request.POST or None, initial=initial_of(template) if template else {})
    preview: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = _previews(request, form)
        else:
            try:
                templating.save_template(
                    actor=request.actor,
                    now=timezone.now(),
                    change=form.change(),
                    template=template,
                )
            except Invalid as error:
                blame(form, error)
            else:
                messages.success(request, _("Saved. Letters begin with these words from now on."))
                return redirect("letters:list")
    context = {
        "form": form,
        "parts": form.parts(),
        "template": template,
        "previews": preview,
        "fields": _fields(),
        "own": get_language(),
    }
    return render(request, "console/letters/form.html", context, status=422 if form.errors else 200)


def _previews(request: StaffRequest, form: TemplateForm) -> list[dict[str, str]]:
    names = {
        "customer": "Anna Kowalska",
        "agent": request.actor.name,
        "company": company_name(),
        "unit": company_name(),
        "case": "k7p2m9x4q8r3ta",
    }
    labels = dict(settings.LANGUAGES)
    return [
        {
            "label": str(labels[code]),
            "code": code,
            "subject": filled_in(subject, names),
            "text": filled_in(text, names),
        }
        for code, (subject, text) in form.change().words.items()
        if text
    ]


def _fields() -> list[tuple[str, str]]:
    words = {
        "customer": _("the customer’s name"),
        "agent": _("who writes"),
        "company": _("your company"),
        "unit": _("the case’s unit"),
        "case": _("the case’s reference"),
    }
    return [(f"{{{name}}}", words[name]) for name in FIELDS]
