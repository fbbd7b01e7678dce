"""In which words does a case say that nobody nearer could take it?"""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from loopwell.cases.enums import Route
from loopwell.cases.models import Rule
from loopwell.cases.queries.routing.claims import Claim


def nobody_there(route: Route) -> str:
    """Nobody at all is found where the rule sends it."""
    return {
        Route.EMPLOYEE_MANAGER: _("The employee has no manager who works on cases."),
        Route.ACCOUNT_OWNER: _("The account has no owner who works on cases."),
        Route.UNIT_MANAGER: _("Nobody leads this unit."),
        Route.CALL_BACK: _("No call-back team is there for this unit."),
        Route.UNIT_TEAM: _("The unit has no team that works on cases."),
        Route.PERSON: _("The person the rule names does not work on cases any more."),
    }.get(route, "")


def nobody_leads(claim: Claim) -> str:
    if claim.unit is None:
        return _("The answer belongs to no unit.")
    return _("Nobody leads this unit or one above it.")


def away(name: str) -> str:
    return _("%(name)s is away and has no deputy who is there.") % {"name": name}


def all_away(route: Route) -> str:
    if route == Route.CALL_BACK:
        return _("Everybody in the call-back team is away.")
    return _("Everybody in the unit's team is away.")


def nobody_speaks(route: Route, language: str) -> str:
    facts = {"language": _name_of(language)}
    if route == Route.CALL_BACK:
        return _("No one in the call-back team speaks %(language)s.") % facts
    return _("No one in the unit's team speaks %(language)s.") % facts


def nobody_can(route: Route, skill: str) -> str:
    if route == Route.CALL_BACK:
        return _("No one in the call-back team has the skill “%(skill)s”.") % {"skill": skill}
    return _("Nobody who should take it has the skill “%(skill)s”.") % {"skill": skill}


def nobody_trained(rule: Rule) -> str:
    facts = {"training": str(rule.training)}
    return _("Nobody who should take it has done the training “%(training)s”.") % facts


def _name_of(language: str) -> str:
    try:
        return str(get_language_info(language.replace("_", "-").lower())["name_translated"])
    except KeyError:
        return language
