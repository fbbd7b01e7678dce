"""What does somebody choose for a programme: what, whom, when, and within which limits?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.console.programmes.whom import Choices, WhomForm
from loopwell.sampling.enums import After, ProgrammeKind, QuotaPeriod
from loopwell.sampling.rules import (
    InteractionFilter,
    ProgrammeDraft,
    QuotaDraft,
)

QUOTA_ROWS = (1, 2, 3)
IN_MINUTES = {"minutes": 1, "hours": 60, "days": 60 * 24}
HOURS_A_DAY = 24
WHEN_FIELDS = {
    ProgrammeKind.RELATIONSHIP: ("cycle_days", "strata"),
    ProgrammeKind.TRANSACTIONAL: (
        "touchpoints",
        "other_touchpoint",
        "delay",
        "delay_unit",
        "expires_days",
        "share",
        "product",
    ),
    ProgrammeKind.LINK: (),
}


class ProgrammeForm(WhomForm):
    """Its fields depend on the kind of programme; every one but the survey has a default."""

    channel = forms.ChoiceField(label=_("Channel"))
    cycle_days = forms.TypedChoiceField(
        label=_("Everybody is asked once in"),
        coerce=int,
        initial=182,
        choices=[
            (30, _("a month")),
            (91, _("a quarter")),
            (182, _("half a year")),
            (365, _("a year")),
        ],
    )
    strata = forms.ChoiceField(
        label=_("Draw evenly from the values of"),
        required=False,
        help_text=_("So that each day’s sample mirrors the base, for example in every segment."),
    )
    touchpoints = forms.MultipleChoiceField(
        label=_("After which contacts?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: after every contact."),
    )
    other_touchpoint = forms.CharField(
        label=_("Another contact"),
        max_length=60,
        required=False,
        help_text=_("One that has not happened yet, written as it will arrive."),
    )
    delay = forms.IntegerField(label=_("Wait"), min_value=0, max_value=10_000, initial=2)
    delay_unit = forms.ChoiceField(
        label=_("after the contact"),
        choices=[("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))],
        initial="hours",
    )
    expires_days = forms.IntegerField(
        label=_("Not if it is older than … days"),
        min_value=1,
        max_value=90,
        initial=7,
        help_text=_("A contact that arrives late is not asked about any more."),
    )
    share = forms.IntegerField(
        label=_("Ask about … percent of the contacts"), min_value=1, max_value=100, initial=100
    )
    product = forms.CharField(label=_("Only this product"), max_length=100, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: ProgrammeKind,
        surveys: Choices,
        channels: Choices,
        touchpoints: Choices,
        choices: dict[str, list[tuple[str, str]]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, choices=choices, initial=initial)
        self.kind = kind
        for other, names in WHEN_FIELDS.items():
            for name in names if other != kind else ():
                del self.fields[name]
        if kind == ProgrammeKind.LINK:
            for name in ("reminders", "channel", "other_languages"):
                del self.fields[name]
        else:
            self.fields["reminders"].initial = "7, 21" if kind == ProgrammeKind.RELATIONSHIP else ""
            self.choose("channel", channels)
        self.choose("survey", surveys)
        if "strata" in self.fields:
            self.choose("strata", [("", _("everybody alike")), *choices["properties"]])
        if "touchpoints" in self.fields:
            self.choose("touchpoints", touchpoints)
        self._limits(choices["properties"])

    def _limits(self, properties: list[tuple[str, str]]) -> None:
        each = [("", _("in all")), ("unit", _("for each unit")), *properties]
        self.quota_rows = [] if self.kind == ProgrammeKind.LINK else [*QUOTA_ROWS]
        for row in self.quota_rows:
            self.fields[f"most_{row}"] = forms.IntegerField(
                label=_("At most"), min_value=1, required=False
            )
            self.fields[f"period_{row}"] = forms.ChoiceField(
                label=_("a"), choices=QuotaPeriod.choices, required=False
            )
            self.fields[f"each_{row}"] = forms.ChoiceField(
                label=_("counted"), choices=each, required=False
            )
        self.rules = [] if self.kind == ProgrammeKind.LINK else [*After]
        for after in self.rules:
            self.fields[f"why_{after.value}"] = forms.CharField(
                label=_("Also soon after %(after)s, because") % {"after": after.label},
                max_length=500,
                required=False,
            )

    @property
    def quotas(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (self[f"most_{row}"], self[f"period_{row}"], self[f"each_{row}"])
            for row in self.quota_rows
        ]

    @property
    def exceptions(self) -> list[forms.BoundField]:
        return [self[f"why_{after.value}"] for after in self.rules]

    @property
    def timing(self) -> list[forms.BoundField]:
        return [self[name] for name in WHEN_FIELDS[self.kind] if name != "delay_unit"]

    def draft(self) -> ProgrammeDraft:
        """What was chosen so far; fields that are wrong count as left alone."""
        given = self.cleaned_data
        plain = {
            name: given[name]
            for name in (
                "name", "channel", "other_languages", "reminders", "open_for_days", "strata",
                "cycle_days", "share",
            )
            if given.get(name) not in (None, "")
        }  # fmt: skip
        return ProgrammeDraft(
            kind=self.kind,
            wanted=self.wanted(),
            about=InteractionFilter(product=given.get("product", "")),
            touchpoints=tuple(
                filter(None, [*given.get("touchpoints", ()), given.get("other_touchpoint", "")])
            ),
            quotas=tuple(self._quotas()),
            exceptions=tuple(
                (after, given[f"why_{after.value}"])
                for after in self.rules
                if given.get(f"why_{after.value}", "").strip()
            ),
            **self._timing(),
            **plain,
        )

    def _timing(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.kind != ProgrammeKind.TRANSACTIONAL or given.get("delay") is None:
            return {}
        minutes = given["delay"] * IN_MINUTES[given.get("delay_unit") or "hours"]
        return {
            "delay_minutes": minutes,
            "expires_hours": (given.get("expires_days") or 7) * HOURS_A_DAY,
        }

    def _quotas(self) -> list[QuotaDraft]:
        given = self.cleaned_data
        return [
            QuotaDraft(
                period=QuotaPeriod(given.get(f"period_{row}") or QuotaPeriod.DAY),
                most=given[f"most_{row}"],
                each=given.get(f"each_{row}", ""),
            )
            for row in self.quota_rows
            if given.get(f"most_{row}")
        ]
