"""What is chosen for a new way in, and what can be changed about one?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking.settings import LIMITS, LinkSettings, Place, lines

Choices = Sequence[tuple[str, Any]]
KIOSK = ("seconds", "idle_seconds")
EMBED = (
    "sites", "place", "delay", "scroll", "pages", "share", "only_on", "not_on", "rest_days",
)  # fmt: skip
LISTS = ("sites", "only_on", "not_on")


def _sites() -> forms.CharField:
    return forms.CharField(
        label=_("Websites that may show it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One address a line, such as https://www.example.com. "
            "Answers from elsewhere are refused."
        ),
        required=False,
    )


class NewLinkForm(forms.Form):
    """One form for the four kinds; only a website needs more than a survey and a name."""

    kind = forms.ChoiceField(
        label=_("What"), choices=LinkKind.choices, initial=LinkKind.LINK, widget=forms.RadioSelect
    )
    survey = forms.ChoiceField(label=_("Survey"))
    each = forms.ChoiceField(
        label=_("How many"),
        choices=[
            ("one", _("One")),
            ("units", _("One for each shop or team below the unit")),
            ("people", _("One for each employee below the unit")),
        ],
        initial="one",
        help_text=_("For QR codes and links. Who has one already gets no second."),
    )
    name = forms.CharField(
        label=pgettext_lazy("of a link", "Name"),
        max_length=200,
        required=False,
        help_text=_("Only colleagues see it, such as “Receipt” or “Exit, ground floor”."),
    )
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, help_text=_("Its answers belong to this unit.")
    )
    employee = forms.EmailField(
        label=_("E-mail of the employee"),
        required=False,
        help_text=_("If the answers are about one person’s work."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Empty: the language of whoever comes, if the survey speaks it."),
    )
    sites = _sites()

    def __init__(
        self,
        data: Any = None,
        *,
        surveys: Choices,
        units: Choices,
        languages: Choices,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["survey"].choices = surveys  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["language"].choices = languages  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        several = given.get("each") in ("units", "people")
        if several and given.get("kind") in (LinkKind.KIOSK, LinkKind.EMBED):
            self.add_error("each", _("Kiosks and websites are made one by one."))
        if given.get("each") == "one" and not given.get("name", "").strip():
            self.add_error("name", _("Give it a name."))
        return given

    @property
    def settings(self) -> LinkSettings:
        if self.cleaned_data["kind"] != LinkKind.EMBED:
            return LinkSettings()
        return LinkSettings(sites=tuple(lines(self.cleaned_data["sites"])))


def _number(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    low, high = LIMITS[name]
    return forms.IntegerField(label=label, min_value=low, max_value=high, help_text=help_text)


class LinkForm(forms.Form):
    """What an existing one can be told; fields of other kinds are taken out."""

    name = forms.CharField(label=pgettext_lazy("of a link", "Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Empty: the language of whoever comes, if the survey speaks it."),
    )
    sites = _sites()
    place = forms.ChoiceField(
        label=_("Where it appears"),
        choices=[
            (Place.POPOVER.value, _("In a corner, above the page")),
            (Place.INLINE.value, _("Inside the page, where you put it")),
        ],
    )
    delay = _number("delay", _("Wait … seconds"), _("After the page has opened."))
    scroll = _number(
        "scroll", _("Wait until … % were scrolled"), _("0: do not wait for scrolling.")
    )
    pages = _number("pages", _("From the visitor’s … page on"), _("1: on the first page already."))
    share = _number("share", _("Ask … % of visitors"), _("Chosen by chance, once per visitor."))
    only_on = forms.CharField(
        label=_("Only on addresses that contain"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("One a line, such as /thank-you. Empty: on every page."),
    )
    not_on = forms.CharField(
        label=_("Never on addresses that contain"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("One a line, such as /checkout."),
    )
    rest_days = _number(
        "rest_days",
        _("After it was closed, not again for … days"),
        _("After an answer it never comes back to the same browser."),
    )
    seconds = _number("seconds", _("Thanks stay for … seconds"))
    idle_seconds = _number(
        "idle_seconds",
        _("Begin anew after … seconds without a touch"),
        _("A score that was given is kept."),
    )
    ask_reach = forms.BooleanField(
        label=_("Ask who agrees to be contacted how to reach them"), required=False
    )
    most_at_once = _number(
        "most_at_once",
        _("Believe at most … answers in five minutes"),
        _("More are held for you to look at, and not counted."),
    )

    def __init__(
        self, data: Any = None, *, kind: LinkKind, languages: Choices, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.kind = kind
        self.fields["language"].choices = languages  # type: ignore[attr-defined]  # a ChoiceField
        foreign = {LinkKind.KIOSK: EMBED, LinkKind.EMBED: KIOSK}.get(kind, (*KIOSK, *EMBED))
        for name in foreign:
            del self.fields[name]

    @classmethod
    def initial_of(cls, kind: str, settings: LinkSettings) -> dict[str, Any]:
        values: dict[str, Any] = dict(vars(settings))
        for name in LISTS:
            values[name] = "\n".join(values[name])
        return {**values, "most_at_once": settings.believed(kind)}

    def changed(self, before: LinkSettings) -> LinkSettings:
        """The settings with what was typed; what the form did not show stays."""
        typed: dict[str, Any] = {
            name: tuple(lines(value)) if name in LISTS else value
            for name, value in self.cleaned_data.items()
            if name in vars(before)
        }
        if typed["most_at_once"] == LinkSettings().believed(self.kind):
            typed["most_at_once"] = 0  # as usual, also when the usual number changes
        return LinkSettings(**{**vars(before), **typed})
