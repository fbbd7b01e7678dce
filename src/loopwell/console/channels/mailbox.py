"""Staff page: the mailbox that replies of customers come to."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.integrations.imap import operations
from loopwell.integrations.imap.queries import SECURITIES, mailbox
from loopwell.integrations.imap.reading import MailboxProblem
from loopwell.kit.errors import Invalid


class MailboxForm(forms.Form):
    host = forms.CharField(
        label=gettext_lazy("Mail server (IMAP)"), max_length=200, help_text="imap.example.com"
    )
    port = forms.IntegerField(label=gettext_lazy("Port"), initial=993)
    security = forms.ChoiceField(label=gettext_lazy("Safety of the line"), choices=SECURITIES)
    user = forms.CharField(label=gettext_lazy("User, often the address"), max_length=200)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    folder = forms.CharField(label=gettext_lazy("Folder"), max_length=200, initial="INBOX")
    done_folder = forms.CharField(
        label=gettext_lazy("Move mails that were taken to this folder"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: they stay where they are and are marked as read."),
    )
    is_on = forms.BooleanField(
        label=gettext_lazy("Read this mailbox"), required=False, initial=True
    )

    def change(self) -> operations.MailboxChange:
        return operations.MailboxChange(**self.cleaned_data)


@staff(Right.MANAGE_ACCESS)
def index(request: StaffRequest) -> HttpResponse:
    """Shows, saves, or with "try" only looks whether it can be read."""
    row = mailbox(request.actor)
    form = MailboxForm(request.POST or None, initial=_initial(row) if row else None)
    if row is not None:
        form.fields["password"].help_text = _("Empty: the password stays as it is.")
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _act(request, form)
            except Invalid as error:
                blame(form, error)
            except MailboxProblem as error:
                problem = str(error)
    context = {
        "form": form,
        "mailbox": row,
        "problem": problem,
        "reply_address": settings.REPLY_ADDRESS,
        "now": timezone.now(),
    }
    return render(request, "console/channels/mailbox.html", context, status=status)


def _act(request: StaffRequest, form: MailboxForm) -> HttpResponse:
    """A mailbox is saved only if it can be read, unless it is switched off."""
    change, actor, now = form.change(), request.actor, timezone.now()
    if change.is_on or "try" in request.POST:
        count = operations.try_mailbox(actor=actor, change=change)
        words = ngettext(
            "It can be read: %(n)d mail lies in the folder.",
            "It can be read: %(n)d mails lie in the folder.",
            count,
        ) % {"n": count}
        messages.success(request, words)
    operations.save_mailbox(actor=actor, now=now, change=change)
    messages.success(request, _("Saved."))
    return redirect("channels:mailbox")


@require_POST
@staff(Right.MANAGE_ACCESS)
def remove(request: StaffRequest) -> HttpResponse:
    operations.remove_mailbox(actor=request.actor)
    messages.success(request, _("The mailbox is no longer read. What came from it stays."))
    return redirect("channels:mailbox")


def _initial(row: Any) -> dict[str, Any]:
    names = ("host", "port", "security", "user", "folder", "done_folder", "is_on")
    return {name: getattr(row, name) for name in names}
