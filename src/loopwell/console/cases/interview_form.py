"""What does a caller write down after the talk?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.cases.enums import ChurnRisk, Result
from loopwell.cases.operations import Interview
from loopwell.console.cases.forms import VersionForm
from loopwell.themes.rules import Cause

CAUSE_ROWS = (1, 2, 3, 4, 5)
SHOWN_ROWS = 2  # the others are folded until they are needed
QUOTE = [("", _("Not asked")), ("yes", _("Yes")), ("no", _("No"))]
ENDS = [("", _("Choose")), *((r.value, r.label) for r in Result if r != Result.MERGED)]


def weight_field(label: Any) -> forms.DecimalField:
    attrs = {"min": 0, "max": 100, "inputmode": "numeric", "placeholder": "%", "data-weight": ""}
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        widget=forms.NumberInput(attrs=attrs),
    )


class InterviewForm(VersionForm):
    """Everything learnt in the call; a cause that is missing in the list is named in words."""

    learnt = forms.CharField(
        label=_("What really happened, what did you learn?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    new_cause = forms.CharField(label=_("A cause that is missing"), max_length=80, required=False)
    new_weight = weight_field(_("Weight of the missing cause in %"))
    resolution = forms.CharField(
        label=_("What did you do or promise?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    churn_risk = forms.ChoiceField(
        label=_("Will they stay, as you felt it?"),
        choices=[("", _("No idea")), *ChurnRisk.choices],
        required=False,
    )
    may_quote = forms.ChoiceField(label=_("May we quote them?"), choices=QUOTE, required=False)
    minutes = forms.IntegerField(
        label=_("Minutes it took you"),
        required=False,
        min_value=0,
        max_value=1440,
        widget=forms.NumberInput(attrs={"min": 0, "max": 1440, "inputmode": "numeric"}),
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
            self.fields[f"weight_{row}"] = weight_field(
                _("Weight of cause %(number)s in %%") % {"number": row}
            )

    def cause_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"cause_{row}"], self[f"weight_{row}"]) for row in CAUSE_ROWS]

    def first_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self.cause_rows()[:SHOWN_ROWS]

    def more_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self.cause_rows()[SHOWN_ROWS:]

    def uses_more(self) -> bool:
        """Whether a folded row holds something, or a mistake."""
        rows = [*self.more_rows(), (self["new_cause"], self["new_weight"])]
        return any(field.value() or field.errors for row in rows for field in row)

    def interview(self) -> Interview:
        found = self.cleaned_data
        causes = [
            Cause(slug=found[f"cause_{row}"], weight=found.get(f"weight_{row}"))
            for row in CAUSE_ROWS
            if found.get(f"cause_{row}")
        ]
        new = found["new_cause"].strip()
        return Interview(
            result=Result(found["result"]),
            learnt=found["learnt"],
            resolution=found["resolution"],
            causes=causes,
            proposed=[Cause(new, found.get("new_weight"))] if new else [],
            churn_risk=ChurnRisk(found["churn_risk"]) if found["churn_risk"] else None,
            may_quote={"yes": True, "no": False}.get(found["may_quote"]),
            minutes=found["minutes"],
        )


DRAFT_FIELDS = (
    "learnt",
    "resolution",
    "result",
    "churn_risk",
    "may_quote",
    "minutes",
    "new_cause",
    "new_weight",
    *(f"{part}_{row}" for row in CAUSE_ROWS for part in ("cause", "weight")),
)
