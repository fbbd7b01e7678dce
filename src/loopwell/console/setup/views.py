"""How does a new installation get its company and its first administrator?"""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loopwell.access.operations import set_up_company
from loopwell.access.queries import root_unit
from loopwell.console.setup.forms import SetupForm
from loopwell.console.setup.token import is_setup_token
from loopwell.kit.errors import NotFound


def index(request: HttpRequest, token: str) -> HttpResponse:
    """Works once, with the address from the terminal, while there is no company."""
    if not is_setup_token(token) or root_unit() is not None:
        raise NotFound(_("There is nothing to set up here."))
    form = SetupForm(request.POST or None, initial={"language": get_language(), "time_zone": "UTC"})
    if request.method == "POST" and form.is_valid():
        user = set_up_company(**form.cleaned_data)
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        messages.success(request, _("Welcome. Your company is set up."))
        return redirect("home:index")
    return render(request, "console/setup/index.html", {"form": form})
