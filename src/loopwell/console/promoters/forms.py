"""What does a person write about offers to promoters, and about referrals?"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loopwell.promoters.enums import ReferralState
from loopwell.promoters.operations import OffersChange
from loopwell.promoters.rules import WORDS


class OffersForm(forms.Form):
    """Each offer on or off, and the company's own words in every language."""

    reviews = forms.BooleanField(label=_("Pages where they may review us"), required=False)
    referral = forms.BooleanField(
        label=_("A link of their own, with which they recommend us to friends"), required=False
    )
    reference = forms.BooleanField(
        label=_("The question whether we may name them as a reference"), required=False
    )
    community = forms.BooleanField(label=_("An invitation to the community"), required=False)
    community_url = forms.CharField(
        label=_("Where the community is"), max_length=500, required=False
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for code, _label in settings.LANGUAGES:
            for word in WORDS:
                wide = forms.Textarea(attrs={"rows": 3}) if word.limit > 100 else forms.TextInput()
                self.fields[f"{word.key}_{code}"] = forms.CharField(
                    label=str(word.label), max_length=word.limit, required=False, widget=wide
                )

    def parts(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "code": code, "fields": [self[f"{w.key}_{code}"] for w in WORDS]}
            for code, label in settings.LANGUAGES
        ]

    def switches(self) -> list[Any]:
        names = ("reviews", "referral", "reference", "community", "community_url")
        return [self[name] for name in names]

    def change(self) -> OffersChange:
        given = self.cleaned_data
        return OffersChange(
            reviews=given["reviews"],
            referral=given["referral"],
            reference=given["reference"],
            community=given["community"],
            community_url=given["community_url"],
            words={
                code: {word.key: given[f"{word.key}_{code}"] for word in WORDS}
                for code, _label in settings.LANGUAGES
            },
        )


def initial_of(row: Any) -> dict[str, Any]:
    names = ("reviews", "referral", "reference", "community", "community_url")
    found = {name: getattr(row, name) for name in names}
    for code, words in row.words.items():
        found |= {f"{key}_{code}": text for key, text in words.items()}
    return found


class PlaceForm(forms.Form):
    name = forms.CharField(label=_("Its name"), max_length=60)
    url = forms.CharField(label=_("Its address"), max_length=500)
    survey = forms.ChoiceField(label=_("For one survey"), required=False)
    unit = forms.ChoiceField(label=_("For one unit and those below it"), required=False)

    def __init__(self, data: Any = None, *, surveys: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(data, auto_id="id_place_%s", **kwargs)
        self.fields["survey"].choices = [("", _("all")), *surveys]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["unit"].choices = [("", _("all")), *units]  # type: ignore[attr-defined]  # a ChoiceField


class ReferralForm(forms.Form):
    state = forms.ChoiceField(label=_("What came of it"), choices=ReferralState.choices)
    revenue = forms.DecimalField(
        label=_("Revenue a year, if won"), required=False, max_digits=14, decimal_places=2
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
