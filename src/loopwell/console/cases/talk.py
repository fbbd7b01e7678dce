"""What does the page of a case need for its notes and files?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.cases import queries
from loopwell.console.door import StaffRequest

KEPT = "talk_forms"


class RemarkForm(forms.Form):
    """A note; `mentions` are references of people who see the case."""

    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))
    mentions = forms.MultipleChoiceField(
        label=_("Tell"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, people: Any) -> None:
        super().__init__(data, auto_id="id_note_%s")
        self.fields["mentions"].choices = people  # type: ignore[attr-defined]  # a ChoiceField


class FileForm(forms.Form):
    file = forms.FileField(label=_("Add a file, up to 10 MB"))

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="id_file_%s")


def keep_form(request: StaffRequest, name: str, form: forms.Form) -> None:
    """Lets the page show this form with its mistakes instead of an empty one."""
    vars(request).setdefault(KEPT, {})[name] = form


def people_of(request: StaffRequest, case: Any) -> dict[str, Any]:
    """Those who see the case by their reference, without who asks."""
    seen = queries.people_who_see(case)
    return {user.ref: user for user in seen if user.pk != request.actor.user_id}


def talk_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    kept = vars(request).get(KEPT, {})
    people = [(ref, str(user)) for ref, user in people_of(request, case).items()]
    return {
        "remarks": queries.remarks_of(case),
        "files": queries.files_of(case),
        "remark_form": kept.get("remark") or RemarkForm(people=people),
        "file_form": kept.get("file") or FileForm(),
        "names": [name for _ref, name in people],
    }
