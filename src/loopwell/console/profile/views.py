"""Staff pages: one's own settings."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.operations import change_own_settings
from loopwell.console.door import StaffRequest, staff
from loopwell.console.preferences import remember_language, remember_theme, theme_of
from loopwell.console.profile.forms import SettingsForm


@staff()
def index(request: StaffRequest) -> HttpResponse:
    """Language, time zone and theme; the theme belongs to the browser, not to the account."""
    user = request.user
    if request.method == "POST":
        form = SettingsForm(request.POST, company_zone=settings.TIME_ZONE)
        if form.is_valid():
            return _save(request, form)
        return render(request, "console/profile/index.html", {"form": form}, status=422)
    found = {
        "language": getattr(user, "language", ""),
        "time_zone": getattr(user, "time_zone", ""),
        "theme": theme_of(request),
    }
    form = SettingsForm(initial=found, company_zone=settings.TIME_ZONE)
    return render(request, "console/profile/index.html", {"form": form})


def _save(request: StaffRequest, form: SettingsForm) -> HttpResponse:
    language = form.cleaned_data["language"]
    change_own_settings(
        actor=request.actor, language=language, time_zone=form.cleaned_data["time_zone"]
    )
    with translation.override(language or translation.get_language()):
        messages.success(request, _("Saved."))
    response = redirect("profile:index")
    remember_theme(response, form.cleaned_data["theme"])
    remember_language(response, language)
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language before signing in: remembered by the browser."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if wanted in dict(settings.LANGUAGES):
        remember_language(response, wanted)
    return response
