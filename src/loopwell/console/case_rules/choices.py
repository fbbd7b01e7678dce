"""What is there to choose from in a case rule, and how are those things called?"""

from collections.abc import Mapping, Sequence

from loopwell.access.queries import visible_units, visible_users
from loopwell.access.rules import Actor
from loopwell.cases import queries
from loopwell.console.case_rules.forms import Choices, named
from loopwell.people.queries import properties, touchpoints_in_use
from loopwell.surveys.enums import OUR_CUSTOMERS
from loopwell.surveys.queries import surveys_listed
from loopwell.themes.queries import root_causes


def choices(actor: Actor, chosen: Sequence[str] = ()) -> Mapping[str, Choices]:
    """By field; `chosen` touchpoints are offered even if nothing happens there any more."""
    touchpoints = dict.fromkeys([*touchpoints_in_use(actor), *(name for name in chosen if name)])
    return {
        "survey": named(surveys_listed(actor).filter(kind__in=OUR_CUSTOMERS)),
        "touchpoint": [(name, name) for name in touchpoints],
        "unit": named(visible_units(actor)),
        "properties": list(property_labels().items()),
        "people": named(visible_users(actor).filter(is_active=True)),
        "themes": list(theme_names().items()),
        "training": named(queries.trainings()),
    }


def property_labels() -> dict[str, str]:
    return {each.name: each.label for each in properties()}


def theme_names() -> dict[str, str]:
    return {theme.slug: str(theme) for theme in root_causes()}
