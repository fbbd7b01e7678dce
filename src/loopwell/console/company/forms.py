"""What must be known about a unit, a person and their roles?"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loopwell.access.enums import Role, UnitKind
from loopwell.access.queries import visible_users
from loopwell.access.rules import ROLE_RIGHTS, Actor
from loopwell.console.company.choices import unit_choices
from loopwell.console.profile.forms import language_choices

BELOW_COMPANY = [choice for choice in UnitKind.choices if choice[0] != UnitKind.COMPANY]


def roles_for(actor: Actor) -> list[tuple[str, Any]]:
    """The roles somebody can give: those that may do no more than they themselves."""
    return [(role.value, role.label) for role in Role if ROLE_RIGHTS[role] <= actor.rights]


def zones() -> list[tuple[str, Any]]:
    names = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    listed = [(zone, zone.replace("_", " ")) for zone in names if not zone.startswith("Etc/")]
    return [("", _("As the unit above")), *listed]


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=BELOW_COMPANY, initial=UnitKind.BRANCH)
    parent = forms.ChoiceField(label=_("Below"))
    external_id = forms.CharField(
        label=_("External id"),
        max_length=100,
        required=False,
        help_text=_("Its key in your own systems: files and programs can name the unit by it."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, required=False)

    def __init__(self, *args: Any, actor: Actor, path: str = "", **kwargs: Any) -> None:
        """`path` is that of the unit being changed: it cannot hang below itself."""
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = unit_choices(actor, path)  # type: ignore[attr-defined]  # a ChoiceField

    def without_place(self) -> None:
        """The topmost unit somebody manages stays where it is, and the company what it is."""
        del self.fields["parent"]


class PersonForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    unit = forms.ChoiceField(label=_("Works in"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(actor)  # type: ignore[attr-defined]  # a ChoiceField


class DetailsForm(PersonForm):
    """A person who is there; `manager` becomes the person found, or None."""

    manager = forms.EmailField(
        label=_("E-mail of their manager"),
        required=False,
        help_text=_("Gets the case when a customer is unhappy with this person's work."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Speaks with customers in"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None: the company's language."),
    )
    more_languages = forms.CharField(
        label=_("And other languages"),
        max_length=100,
        required=False,
        help_text=_("By their codes with commas between them, such as: de, lt."),
    )
    skills = forms.CharField(
        label=_("Skills"),
        max_length=300,
        required=False,
        help_text=_(
            "With commas between them, such as: billing, technical. Rules can ask for one."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.actor = actor
        choices = language_choices()
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField

    def clean_more_languages(self) -> list[str]:
        codes = [code.strip().lower() for code in self.cleaned_data["more_languages"].split(",")]
        for code in filter(None, codes):
            try:
                get_language_info(code)
            except KeyError as error:
                words = _("There is no language with the code “%(code)s”.") % {"code": code}
                raise forms.ValidationError(words) from error
        return [code for code in codes if code]

    def spoken(self) -> list[str]:
        return [*self.cleaned_data["languages"], *self.cleaned_data["more_languages"]]

    def clean_manager(self) -> Any:
        address = self.cleaned_data["manager"].strip().lower()
        if not address:
            return None
        found = visible_users(self.actor).filter(email=address, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody who works here has this address."))
        return found

    def skills_list(self) -> list[str]:
        return [word for word in self.cleaned_data["skills"].split(",") if word.strip()]


class NewPersonForm(PersonForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles in this unit"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A role holds for everything below the unit. More can be given afterwards."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["roles"].choices = roles_for(actor)  # type: ignore[attr-defined]  # a ChoiceField


class RoleForm(forms.Form):
    """One more role."""

    role = forms.ChoiceField(label=_("Role"))
    unit = forms.ChoiceField(label=_("In the unit"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("choose")), *roles_for(actor)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["unit"].choices = unit_choices(actor)  # type: ignore[attr-defined]  # a ChoiceField
