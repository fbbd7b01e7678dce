"""Staff pages: how does one get the survey oneself, and clear away what one answered?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.surveys.questions import language_of
from loopwell.delivery.trying import send_survey_test
from loopwell.kit.errors import Invalid
from loopwell.responses.trying import delete_test_answers
from loopwell.surveys import queries


@require_POST
@staff(Right.RUN_SURVEYS)
def send(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    newest = queries.newest(found)
    try:
        message = send_survey_test(
            actor=request.actor,
            version=newest,
            language=language_of(request, newest),
            now=timezone.now(),
        )
    except Invalid as error:
        messages.error(request, str(error))
    else:
        words = _("A test goes to %(address)s. What you answer counts nowhere.")
        messages.success(request, words % {"address": message.to})
    return redirect("surveys:survey", ref)


@require_POST
@staff(Right.RUN_SURVEYS)
def delete(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.survey_by_ref(request.actor, ref)
    count = delete_test_answers(actor=request.actor, survey=found)
    words = ngettext("%(count)d test answer deleted.", "%(count)d test answers deleted.", count)
    messages.success(request, words % {"count": count})
    return redirect("surveys:survey", ref)
