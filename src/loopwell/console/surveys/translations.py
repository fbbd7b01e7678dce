"""Staff pages: which texts are missing where, and how do translators' files go out and in?"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid, NotFound
from loopwell.surveys import operations, queries
from loopwell.surveys.rules import languages_of
from loopwell.surveys.translating import Checked, Entry, Translation, checked, overview
from loopwell.surveys.translating import translation_of as texts_for_translators
from loopwell.surveys.translating_files import MOST_BYTES, read, to_json, to_xlsx

SALT = "surveys.translation"
KEPT_SECONDS = 3600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"xlsx": (to_xlsx, XLSX), "json": (to_json, "application/json")}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Translated file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.json"}),
        help_text=gettext_lazy("The XLSX or JSON file from here, with the last column filled in."),
    )


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest, ref: str) -> HttpResponse:
    return _page(request, ref, FileForm())


def _page(request: StaffRequest, ref: str, form: FileForm) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    codes = languages_of(newest)
    context = {
        "survey": found,
        "newest": newest,
        "overview": overview(newest),
        "targets": [code for code, _name in settings.LANGUAGES if code != codes[0]],
        "codes": codes,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "console/surveys/translations.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def export(request: StaffRequest, ref: str, language: str, kind: str) -> HttpResponse:
    """The newest version's texts, one a row; for a language it does not speak yet too."""
    found = queries.survey_by_ref(request.actor, ref)
    if language not in dict(settings.LANGUAGES) or kind not in FILES:
        raise NotFound(_("There is no such file."))
    newest = queries.newest(found)
    write, content_type = FILES[kind]
    name = slugify(found.name)[:60] or found.ref
    response = HttpResponse(
        write(texts_for_translators(newest, language)), content_type=content_type
    )
    shown = f"{name}-v{newest.number}-{language}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{shown}"'
    return response


@require_POST
@staff(Right.RUN_SURVEYS)
def bring(request: StaffRequest, ref: str) -> HttpResponse:
    """Shows what the file would change, or every problem with its row; stores nothing."""
    found = queries.survey_by_ref(request.actor, ref)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, ref, form)
    file = form.cleaned_data["file"]
    try:
        given = read(file.read(MOST_BYTES + 1))
    except Invalid as error:
        form.add_error("file", str(error))
        return _page(request, ref, form)
    seen = checked(queries.newest(found), given)
    context = {"survey": found, "checked": seen, "file": file.name, "token": _kept(ref, seen)}
    status = 422 if seen.problems else 200
    return render(request, "console/surveys/translated.html", context, status=status)


def _kept(ref: str, seen: Checked) -> str:
    """What was looked at, signed, so that just that is stored; nothing where it is not good."""
    if seen.problems or not seen.changes:
        return ""
    texts = {change.key: [change.before, change.after] for change in seen.changes}
    return signing.dumps([ref, seen.language, texts], salt=SALT, compress=True)


@require_POST
@staff(Right.RUN_SURVEYS)
def apply(request: StaffRequest, ref: str) -> HttpResponse:
    """Stores what was shown, unless one of these texts was changed meanwhile."""
    found = queries.survey_by_ref(request.actor, ref)
    try:
        kept = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("That was too long ago. Bring the file again."))
        return redirect("surveys:translations", ref)
    meant, language, texts = kept
    newest = queries.newest(found)
    now = newest.texts.get(language, {})
    stale = any(now.get(key, "") != before for key, (before, _after) in texts.items())
    entries = tuple(Entry(key, "", "", after) for key, (_before, after) in texts.items())
    seen = checked(newest, Translation(newest.default_language, language, entries))
    if meant != ref or stale or seen.problems:
        messages.error(request, _("The texts were changed meanwhile. Bring the file again."))
        return redirect("surveys:translations", ref)
    operations.save_draft(
        actor=request.actor,
        survey=found,
        language=language,
        texts={each.key: each.target for each in entries},
        now=timezone.now(),
    )
    words = ngettext(
        "%(n)d text is in the draft. Customers see it once it is published.",
        "%(n)d texts are in the draft. Customers see them once it is published.",
        len(entries),
    )
    messages.success(request, words % {"n": len(entries)})
    return redirect("surveys:translations", ref)
