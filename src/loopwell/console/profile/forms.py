"""What can a person set for themselves? Language, time zone and theme."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, gettext_lazy

from loopwell.console.preferences import THEMES


def language_choices() -> list[tuple[str, str]]:
    """Each language in its own words, so that it is found by whoever needs it."""
    named = [(code, get_language_info(code)["name_local"]) for code, _ in settings.LANGUAGES]
    return [(code, name[:1].upper() + name[1:]) for code, name in named]


class SettingsForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), choices=THEMES, widget=forms.RadioSelect)

    def __init__(self, *args: object, company_zone: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["language"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", gettext_lazy("As the browser asks")),
            *language_choices(),
        ]
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        as_company = gettext_lazy("As the company")  # makemessages reads no f-strings
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", f"{as_company} ({company_zone})"),
            *((zone, zone.replace("_", " ")) for zone in zones if not zone.startswith("Etc/")),
        ]
