"""What does the page of a case need for its letters?"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loopwell.access.enums import Right
from loopwell.cases.queries import letters as letter_queries
from loopwell.cases.rules.letters import LETTER_STATES
from loopwell.console.door import StaffRequest
from loopwell.delivery.letters import company_name

KEPT = "letter_form"


class LetterForm(forms.Form):
    """A letter; `confirmed` is asked only of those who write to somebody who wants no contact."""

    template = forms.CharField(required=False, widget=forms.HiddenInput)
    subject = forms.CharField(label=_("About"), max_length=300)
    text = forms.CharField(
        label=_("Letter"), widget=forms.Textarea(attrs={"rows": 9, "data-grows": ""})
    )
    confirmed = forms.BooleanField(
        label=_("They want no contact. I write all the same, and know why."),
        required=False,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="id_letter_%s", **kwargs)


def keep_form(request: StaffRequest, form: LetterForm) -> None:
    """Lets the page show this form with its mistakes instead of an empty one."""
    vars(request)[KEPT] = form


def letters_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    """The exchange as a thread, and the form with the words of a chosen template."""
    written = letter_queries.letters_of(case, timezone.now())
    may_write = request.actor.may(Right.WORK_CASES)
    found: dict[str, Any] = {
        "letters": [
            {"row": each.letter, "state": each.state.value, "words": LETTER_STATES[each.state],
             "files": each.files, "other_address": each.other_address}
            for each in written
        ],
        "letter_problem": letter_queries.letter_problem(case) if may_write else "",
    }  # fmt: skip
    if not may_write or found["letter_problem"]:
        return found
    company = company_name()
    ready = [
        letter_queries.fill_template(each, case=case, agent=request.actor.name, company=company)
        for each in letter_queries.templates()
    ]
    asked = request.GET.get("template", "")
    chosen = next((each for each in ready if each.ref == asked), None)
    start = {"subject": _reply_subject(written)}
    if chosen:
        start = {"template": chosen.ref, "subject": chosen.subject, "text": chosen.text}
    form = vars(request).get(KEPT) or LetterForm(initial=start)
    if not letter_queries.wants_no_contact(case):
        form.fields.pop("confirmed", None)
    return found | {
        "letter_form": form,
        "letter_open": bool(chosen or form.is_bound),
        "letter_templates": ready,
        "letter_chosen": asked,
        "letter_words": {each.ref: {"subject": each.subject, "text": each.text} for each in ready},
        "may_word": request.actor.may(Right.RUN_SURVEYS),
        "replies_find_case": bool(settings.REPLY_ADDRESS),
    }


def _reply_subject(written: Any) -> str:
    """Of what came last, so that mail programs keep the thread together."""
    came = [each.letter.subject for each in written if each.state.value == "came"]
    if not came:
        return ""
    return came[-1] if came[-1][:3].lower() == "re:" else f"Re: {came[-1]}"[:300]
