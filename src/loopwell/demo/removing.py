"""How does the demo company leave without taking anybody's own data along?"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.access.rules import SYSTEM
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.cases.models import Case, Policy, Rule, StrayMail, Training
from loopwell.demo.loading_letters import DOMAIN
from loopwell.demo.loading_people import PROPERTIES
from loopwell.demo.loading_promoters import COMMUNITY
from loopwell.demo.loading_recovery import HOUR_COST, MINUTES
from loopwell.demo.loading_themes import AREAS
from loopwell.huddles.models import Commitment, Huddle, Issue
from loopwell.initiatives.models import Decision, Initiative
from loopwell.insights.models import Dashboard, SavedQuestion
from loopwell.insights.operations import start_rebuild
from loopwell.people.models import Account, Customer, Interaction, Journey, Property
from loopwell.promoters.models import Offers, ReviewPlace
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation, Programme, Wave
from loopwell.stories.models import KeyMessage, Notice, Story
from loopwell.surveys.models import Survey, Version
from loopwell.targets.models import BonusPlan, KeyFigure, Target
from loopwell.themes.models import Mention, TextRule, Theme


@transaction.atomic
def remove() -> int:
    """Deletes what the demo brought and all that hangs on it; returns how many rows went."""
    gone = 0
    demo_customers = Customer.objects.filter(is_demo=True)
    demo_surveys = Survey.objects.filter(is_demo=True)
    of_demo = Q(customer__in=demo_customers) | Q(survey__in=demo_surveys)
    Theme.objects.filter(parent__is_demo=True).update(parent=None, owner_function={})
    for rows in (
        Target.objects.filter(is_demo=True),
        BonusPlan.objects.filter(is_demo=True),
        KeyFigure.objects.filter(is_demo=True),
        PanelAnswer.objects.filter(Q(panel__is_demo=True) | Q(brand__is_demo=True)),
        Panel.objects.filter(is_demo=True),
        Brand.objects.filter(is_demo=True),
        Dashboard.objects.filter(is_demo=True),
        SavedQuestion.objects.filter(is_demo=True, cards=None),
        Policy.objects.filter(hour_cost=HOUR_COST, call_minutes=MINUTES),
        Initiative.objects.filter(is_demo=True),
        Decision.objects.filter(is_demo=True),
        Huddle.objects.filter(is_demo=True),
        Commitment.objects.filter(is_demo=True),
        Issue.objects.filter(is_demo=True),
        Story.objects.filter(is_demo=True),
        Notice.objects.filter(is_demo=True),
        KeyMessage.objects.filter(is_demo=True),
        Training.objects.filter(is_demo=True),
        Case.objects.filter(response__in=Response.objects.filter(of_demo)),
        Case.objects.filter(customer__in=demo_customers),
        Rule.objects.filter(is_demo=True),
        StrayMail.objects.filter(message_id__endswith=f"@{DOMAIN}>"),
        ReviewPlace.objects.filter(is_demo=True),
        Offers.objects.filter(community_url=COMMUNITY),
        TextRule.objects.filter(is_demo=True),
        Mention.objects.filter(response__in=Response.objects.filter(of_demo)),
        Response.objects.filter(of_demo),
        Invitation.objects.filter(
            Q(customer__in=demo_customers) | Q(version__survey__in=demo_surveys)
        ),
        Interaction.objects.filter(customer__in=demo_customers),
        Wave.objects.filter(Q(is_demo=True) | Q(version__survey__in=demo_surveys)),
        Programme.objects.filter(Q(is_demo=True) | Q(survey__in=demo_surveys)),
        Version.objects.filter(survey__in=demo_surveys),
        demo_surveys,
        demo_customers,
        Journey.objects.filter(is_demo=True),
        Account.objects.filter(is_demo=True),
        Theme.objects.filter(is_demo=True, mentions=None).exclude(slug__in=[a.slug for a in AREAS]),
        Theme.objects.filter(slug__in=[a.slug for a in AREAS], is_demo=True, children=None),
    ):
        gone += rows.delete()[0]
    _keep_own_questions()
    gone += _remove_people_and_units() + _remove_properties()
    start_rebuild(actor=SYSTEM, now=timezone.now())
    return gone


def _keep_own_questions() -> None:
    """Somebody's own dashboard stays, also with a question of the demo, or shared with its unit."""
    SavedQuestion.objects.filter(is_demo=True).update(owner=None, unit=None, is_demo=False)
    for model in (SavedQuestion, Dashboard):
        model.objects.filter(unit__is_demo=True).update(unit=None)


def _remove_properties() -> int:
    """Those of the demo that nobody's own customers carry."""
    unused = [
        name
        for name in PROPERTIES
        if not Customer.objects.filter(properties__has_key=name).exists()
    ]
    return Property.objects.filter(name__in=unused).delete()[0]


def _remove_people_and_units() -> int:
    """From the leaves up, as units protect their parents."""
    User.objects.filter(is_demo=True).update(unit=None, manager=None)
    gone = User.objects.filter(is_demo=True).delete()[0]
    while leaves := list(Unit.objects.filter(is_demo=True, children=None)):
        gone += Unit.objects.filter(pk__in=[unit.pk for unit in leaves]).delete()[0]
    return gone
