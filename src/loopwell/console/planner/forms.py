"""What does somebody tell the planner?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.sampling.enums import Channel
from loopwell.surveys.enums import SurveyKind


class PlannerForm(forms.Form):
    goal = forms.ChoiceField(
        label=_("I want to"),
        choices=[
            ("margin", _("know the score with a margin of …")),
            ("difference", _("notice a difference of … between two groups or periods")),
        ],
        widget=forms.RadioSelect,
        initial="margin",
    )
    points = forms.FloatField(label=_("Points"), min_value=0.5, max_value=100, initial=5)
    kind = forms.ChoiceField(
        label=_("Kind of survey"),
        choices=[
            (SurveyKind.RELATIONSHIP, SurveyKind.RELATIONSHIP.label),
            (SurveyKind.TRANSACTIONAL, SurveyKind.TRANSACTIONAL.label),
        ],
    )
    groups = forms.IntegerField(
        label=_("For how many groups, each on its own"),
        min_value=1,
        max_value=10_000,
        initial=1,
        help_text=_("For example the number of branches you want to compare."),
    )
    base = forms.IntegerField(
        label=_("Customers in each group"),
        min_value=1,
        required=False,
        help_text=_("Empty: all your customers, shared evenly among the groups."),
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    per_day = forms.IntegerField(label=_("Invitations a day, at most"), min_value=1, required=False)
