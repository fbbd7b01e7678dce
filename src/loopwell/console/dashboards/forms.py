"""What does somebody say about a dashboard and its cards?"""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.access.enums import Role
from loopwell.insights.dashboards import WIDTHS

SHARES = (
    ("me", _("Only I")),
    ("unit", _("My unit and all below it")),
    ("all", _("Everybody")),
)
WIDTH_NAMES = dict(zip(WIDTHS, (_("a third"), _("two thirds"), _("the whole width")), strict=True))
NEW = "new"


class DashboardForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    about = forms.CharField(label=_("What it is for"), required=False, max_length=300)
    share = forms.ChoiceField(
        label=_("Who may open it"),
        choices=SHARES,
        initial="me",
        help_text=_("Whoever opens it sees only numbers of what they may see."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Made for"),
        required=False,
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People of these roles find it on top of their list."),
    )


class CardForm(forms.Form):
    title = forms.CharField(label=_("Title"), required=False, max_length=80)
    width = forms.TypedChoiceField(
        label=_("Width"), coerce=int, choices=tuple(WIDTH_NAMES.items()), initial=1
    )


class TextForm(CardForm):
    text = forms.CharField(
        label=_("Text"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class PutForm(CardForm):
    """Onto which dashboard a question goes."""

    to = forms.ChoiceField(label=_("Dashboard"))
    name = forms.CharField(label=_("Name of the new dashboard"), required=False, max_length=80)
    field_order = ("to", "name", "title", "width")

    def __init__(self, *args: object, mine: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        own = list(mine)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 narrows the type
        field.choices = [*own, (NEW, _("A new one"))]
        field.initial = own[0][0] if own else NEW
