"""What is asked of a rule that reads comments?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from loopwell.themes.enums import Sentiment
from loopwell.themes.operations import RuleDraft
from loopwell.themes.queries.taxonomy import Line

OF_KIND = ""


class RuleForm(forms.Form):
    theme = forms.ChoiceField(label=gettext_lazy("Theme that it shows"))
    patterns = forms.CharField(
        label=gettext_lazy("Words, phrases or expressions, one a line"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "dir": "auto"}),
        help_text=gettext_lazy(
            "A word stands for all its forms: “wait” finds “waited” and “waiting”. "
            "With * at its end it stands for every ending: “deliver*”."
        ),
    )
    exceptions = forms.CharField(
        label=gettext_lazy("Not where one of these stands, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "dir": "auto"}),
        help_text=gettext_lazy(
            "A comment that holds one of them is passed over, as “price list” for “price”."
        ),
    )
    is_regular = forms.BooleanField(
        label=gettext_lazy("The lines are regular expressions"), required=False
    )
    sentiment = forms.ChoiceField(label=gettext_lazy("Feeling that it hears"), required=False)

    def __init__(self, *args: Any, offered: Sequence[Line], rule: Any = None, **more: Any) -> None:
        self.themes = {line.theme.slug: line.theme for line in offered}
        if rule is not None:
            more.setdefault("initial", _told(rule))
            self.themes.setdefault(rule.theme.slug, rule.theme)
        super().__init__(*args, **more)
        levels = {line.theme.slug: line.level for line in offered}
        self._choose("theme", [("", gettext_lazy("Choose")), *(
            (slug, "– " * (levels.get(slug, 1) - 1) + str(theme))
            for slug, theme in self.themes.items()
        )])  # fmt: skip
        of_kind = gettext_lazy("As the kind of the theme says")
        feelings = [(str(value), label) for value, label in Sentiment.choices]
        self._choose("sentiment", [(OF_KIND, of_kind), *feelings])

    def draft(self) -> RuleDraft:
        told = self.cleaned_data
        feeling = told["sentiment"]
        return RuleDraft(
            theme=self.themes[told["theme"]],
            patterns=told["patterns"],
            exceptions=told["exceptions"],
            is_regular=told["is_regular"],
            sentiment=None if feeling == OF_KIND else int(feeling),
        )

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def _told(rule: Any) -> dict[str, Any]:
    return {
        "theme": rule.theme.slug,
        "patterns": rule.patterns,
        "exceptions": rule.exceptions,
        "is_regular": rule.is_regular,
        "sentiment": OF_KIND if rule.sentiment is None else str(rule.sentiment),
    }
