"""What do people type on the pages of cases?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.cases.enums import Outcome, Result
from loopwell.cases.operations import Interview
from loopwell.themes.rules import Cause

CAUSE_ROWS = (1, 2, 3)
ENDS = [("", _("Choose")), *((r.value, r.label) for r in Result if r != Result.MERGED)]
SCORES = [("", _("Any score")), *((str(n), str(n)) for n in range(11))]


class VersionForm(forms.Form):
    """Every change says which state of the case its author saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AttemptForm(VersionForm):
    outcome = forms.ChoiceField(choices=Outcome.choices)
    note = forms.CharField(label=_("Note on the call"), required=False, max_length=2000)


class CallbackForm(VersionForm):
    call_at = forms.DateTimeField(
        label=_("Call back at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(label=_("What was agreed"), required=False, max_length=300)


class OwnerForm(VersionForm):
    owner = forms.ChoiceField(label=_("Give to"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(
        self, data: Any = None, *, owners: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"].choices = [("", _("Choose a person")), *owners]  # type: ignore[attr-defined]  # a ChoiceField


class ReopenForm(VersionForm):
    reason = forms.CharField(label=_("Why it must be opened again"), max_length=300)


class InterviewForm(VersionForm):
    """Everything learnt in the call; `causes` beyond the first row are for harder cases."""

    learnt = forms.CharField(
        label=_("What really happened, what did you learn?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    resolution = forms.CharField(
        label=_("What did you do or promise?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    result = forms.ChoiceField(label=_("How did it end?"), choices=ENDS)

    def __init__(
        self, data: Any = None, *, causes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        choices = [("", _("Choose")), *causes]
        for row in CAUSE_ROWS:
            self.fields[f"cause_{row}"] = forms.ChoiceField(
                label=_("Root cause %(number)s") % {"number": row}, choices=choices, required=False
            )
            self.fields[f"weight_{row}"] = forms.DecimalField(
                label=_("Weight of cause %(number)s in %%") % {"number": row},
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=2,
                widget=forms.NumberInput(
                    attrs={"min": 0, "max": 100, "inputmode": "numeric", "placeholder": "%"}
                ),
            )

    def cause_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"cause_{row}"], self[f"weight_{row}"]) for row in CAUSE_ROWS]

    def interview(self) -> Interview:
        found = self.cleaned_data
        causes = [
            Cause(slug=found[f"cause_{row}"], weight=found.get(f"weight_{row}"))
            for row in CAUSE_ROWS
            if found.get(f"cause_{row}")
        ]
        return Interview(
            result=Result(found["result"]),
            learnt=found["learnt"],
            resolution=found["resolution"],
            causes=causes,
        )


DRAFT_FIELDS = (
    "learnt",
    "resolution",
    "result",
    *(f"{part}_{row}" for row in CAUSE_ROWS for part in ("cause", "weight")),
)
