"""What is asked of a theme: its words in each language, its kind, where it stands?"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext_lazy

from loopwell.themes.enums import ThemeKind
from loopwell.themes.operations import Words

KINDS = [
    (ThemeKind.DEFECT, gettext_lazy("Defect: something is broken or done wrong")),
    (ThemeKind.PERCEPTION, gettext_lazy("Perception: it works, customers judge it otherwise")),
    (ThemeKind.EXPECTATION, gettext_lazy("Expectation: they were promised or expected more")),
    (ThemeKind.ABSENCE, gettext_lazy("Absence: something they want is not offered")),
    (ThemeKind.DELIGHT, gettext_lazy("Delight: what makes promoters")),
]
TEXTS = (
    ("definition", gettext_lazy("What belongs here"), 2000, 3),
    ("examples", gettext_lazy("Comments that belong here, one a line"), 4000, 3),
    ("counter_examples", gettext_lazy("Comments that do not, one a line"), 4000, 2),
)


class ThemeForm(forms.Form):
    """Fields are called `names-en`, `definition-pl` …; English names are needed."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS)

    def __init__(self, *args: Any, theme: Any = None, **kwargs: Any) -> None:
        if theme is not None:
            kwargs.setdefault("initial", _told(theme))
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields[f"names-{code}"] = forms.CharField(
                label=pgettext_lazy("of a theme", "Name"), max_length=80, required=code == "en"
            )
            self.fields[f"owner_function-{code}"] = forms.CharField(
                label=gettext_lazy("Who can mend it (function)"), max_length=80, required=False
            )
            for field, label, most, rows in TEXTS:
                self.fields[f"{field}-{code}"] = forms.CharField(
                    label=label, max_length=most, required=False,
                    widget=forms.Textarea(attrs={"rows": rows}),
                )  # fmt: skip

    def languages(self) -> list[tuple[str, str, list[forms.BoundField], bool]]:
        """For each language: code, name, fields, whether it is to be seen at once."""
        fields = ("names", "owner_function", *(name for name, *_rest in TEXTS))
        found = []
        for code, name in settings.LANGUAGES:
            bound = [self[f"{field}-{code}"] for field in fields]
            found.append((code, str(name), bound, code == "en" or any(f.errors for f in bound)))
        return found

    def words(self) -> Words:
        return Words(
            names=self._by_language("names"),
            definition=self._by_language("definition"),
            examples=_in_lines(self._by_language("examples")),
            counter_examples=_in_lines(self._by_language("counter_examples")),
            owner_function=self._by_language("owner_function"),
        )

    def told_kind(self) -> ThemeKind:
        return ThemeKind(self.cleaned_data["kind"])

    def _by_language(self, field: str) -> dict[str, str]:
        return {code: self.cleaned_data[f"{field}-{code}"] for code, _name in settings.LANGUAGES}


def _in_lines(texts: dict[str, str]) -> dict[str, list[str]]:
    return {code: text.splitlines() for code, text in texts.items()}


def _told(theme: Any) -> dict[str, str]:
    told = {"kind": theme.kind}
    for field in ("names", "definition", "owner_function"):
        told |= {f"{field}-{code}": text for code, text in getattr(theme, field).items()}
    for field in ("examples", "counter_examples"):
        lines = getattr(theme, field)
        told |= {f"{field}-{code}": "\n".join(each) for code, each in lines.items()}
    return told


class ProposedForm(forms.Form):
    """Names and kind of a cause proposed in a call, or an existing theme that means the same."""

    into = forms.ChoiceField(label=gettext_lazy("It means the same as"), required=False)

    def __init__(self, *args: Any, offered: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[code] = forms.CharField(label=name, max_length=80, required=False)
        self.fields["kind"] = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS)
        choices = [("", gettext_lazy("Choose")), *((t.slug, str(t)) for t in offered)]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code, _name in settings.LANGUAGES}

    def words(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "into"]


class PartForm(forms.Form):
    """One part of a theme that is split."""

    name = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)
    patterns = forms.CharField(
        label=gettext_lazy("Words that show it, one a line"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("name") or self.cleaned_data.get("patterns"))


PartSet = forms.formset_factory(PartForm, extra=0, min_num=3, max_num=6)
