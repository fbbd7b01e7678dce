"""Staff pages: with which ready-made survey does a new one begin?"""

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.surveys.preview import look_of, shown
from loopwell.kit.errors import Invalid
from loopwell.surveys import operations
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.rules import texts_for
from loopwell.surveys.templates import TEMPLATES, Template, as_version, template_by_key


class StartForm(forms.Form):
    """What a ready-made survey cannot know."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Only you and your colleagues see it.")
    )
    touchpoint = forms.CharField(
        label=_("Which contact?"),
        max_length=60,
        help_text=_("Contacts of this kind are asked about, and results are shown by it."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    default = forms.ChoiceField(label=_("Language for everybody else"), choices=settings.LANGUAGES)

    def __init__(self, data: object = None, *, template: Template, language: str) -> None:
        initial = {
            "name": template.name,
            "touchpoint": template.touchpoint,
            "languages": [language],
            "default": language,
        }
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # a QueryDict or None
        if template.kind != SurveyKind.TRANSACTIONAL:
            del self.fields["touchpoint"]


@staff(Right.RUN_SURVEYS)
def choose(request: StaffRequest) -> HttpResponse:
    """The gallery of ready-made surveys, and the way to an empty one."""
    return render(request, "console/surveys/gallery.html", {"ready": TEMPLATES.values()})


@staff(Right.RUN_SURVEYS)
def start(request: StaffRequest, key: str) -> HttpResponse:
    """Name and languages of a survey that begins with this ready-made one, seen beside."""
    template = template_by_key(key)
    own = (get_language() or "en")[:2]
    form = StartForm(request.POST or None, template=template, language=own)
    if request.method == "POST" and form.is_valid():
        made = _made(request, template, form)
        if made:
            return redirect("surveys:survey", made)
    asked = request.GET.get("language", "")
    language = asked if asked in template.texts else own if own in template.texts else "en"
    version = as_version(template)
    context = {
        "template": template,
        "form": form,
        "codes": list(template.texts),
        **shown(texts_for(version, language), language, template.questions, look_of(request.GET)),
    }
    return render(
        request, "console/surveys/start.html", context, status=422 if form.errors else 200
    )


def _made(request: StaffRequest, template: Template, form: StartForm) -> str | None:
    given = form.cleaned_data
    languages = list(dict.fromkeys([given["default"], *given["languages"]]))
    try:
        made = operations.create_survey(
            actor=request.actor,
            name=given["name"],
            kind=template.kind,
            touchpoint=given.get("touchpoint", ""),
            languages=languages,
            template=template.key,
            now=timezone.now(),
        )
    except Invalid as error:
        form.add_error(None, str(error))
        return None
    return made.ref
