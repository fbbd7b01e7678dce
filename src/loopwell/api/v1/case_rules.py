"""Case rules: which answers open a case, in which order, and what would another rule bring?"""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units, visible_users
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain, wrong
from loopwell.api.v1.types import ErrorOut, Money, PersonOut, Text, UnitOut
from loopwell.cases.enums import Priority, Route, Trigger
from loopwell.cases.operations import RuleChange, order_rules, remove_rule, save_rule
from loopwell.cases.queries import all_rules, drafted, forecast, rule_by_ref, wishes_of
from loopwell.people.enums import DecisionRole

router = Router(tags=["Case rules"])
RULE = (Right.RUN_SURVEYS,)
Name = Annotated[Text, Field(max_length=100)]
Short = Annotated[Text, Field(max_length=60)]
Hours = Annotated[int, Field(ge=1, le=2000)]
Score = Annotated[int, Field(ge=0, le=10)]
NOTHING = {"survey": "", "unit": "", "route_person": "", "route_unit": "", "training": ""}


class SurveyRef(Schema):
    ref: str
    name: str


class RuleOut(Schema):
    """All conditions that are set must hold; the first rule that fits decides."""

    ref: str
    name: str
    position: int
    is_active: bool
    trigger: Trigger
    lowest_score: int
    highest_score: int
    requires_consent: bool
    contact_requested: bool
    dropped: bool
    survey: SurveyRef | None
    touchpoint: str
    unit: UnitOut | None
    decision_roles: list[DecisionRole]
    least_revenue: Decimal | None
    property_name: str
    property_values: list[str]
    value_property: str
    least_value: Decimal | None
    words: list[str]
    themes: list[str]
    share: int
    silent_days: int
    priority: Priority
    due_working_hours: int
    resolve_working_hours: int | None
    route: Route
    route_person: PersonOut | None
    route_unit: UnitOut | None
    skill: str
    same_language: bool
    training: str | None = Field(description="Reference of the training.")

    @staticmethod
    def resolve_training(rule: Any) -> str | None:
        return rule.training.ref if rule.training else None


class RuleIn(Schema):
    """A field left out stays as it is, or has its usual value in a new rule; null: none."""

    name: Name = ""
    is_active: bool = True
    trigger: Trigger = Trigger.ANSWER
    lowest_score: Score = 0
    highest_score: Score = 6
    requires_consent: bool = False
    contact_requested: bool = False
    dropped: bool = Field(False, description="Only who was in a higher group last time.")
    survey: Short | None = Field(None, description="Reference.")
    touchpoint: Short = ""
    unit: Name | None = Field(None, description="Reference or external id.")
    decision_roles: Annotated[list[DecisionRole], Field(max_length=10)] = []
    least_revenue: Money | None = None
    property_name: Annotated[Text, Field(max_length=40)] = ""
    property_values: Annotated[list[Name], Field(max_length=100)] = []
    value_property: Annotated[Text, Field(max_length=40)] = ""
    least_value: Money | None = None
    words: Annotated[list[Short], Field(max_length=100)] = Field(
        [], description="Beginnings of words; any of them in the comment."
    )
    themes: Annotated[list[Short], Field(max_length=100)] = Field([], description="Slugs.")
    share: Annotated[int, Field(ge=1, le=100)] = Field(100, description="In percent.")
    silent_days: Annotated[int, Field(ge=0, le=365)] = 0
    priority: Priority = Priority.NORMAL
    due_working_hours: Hours = 24
    resolve_working_hours: Hours | None = None
    route: Route = Route.NEAREST
    route_person: Annotated[Text, Field(max_length=254)] | None = Field(None, description="E-mail.")
    route_unit: Name | None = Field(None, description="Reference or external id.")
    skill: Short = ""
    same_language: bool = True
    training: Short | None = Field(None, description="Reference.")


class RulesOut(Schema):
    items: list[RuleOut]


class OrderIn(Schema):
    rules: Annotated[list[Short], Field(max_length=1000)] = Field(
        description="References of all rules, first the one that is looked at first."
    )


class UnitLoadOut(Schema):
    name: str
    cases: int
    a_day: float


class CapacityOut(Schema):
    """`assumed`: nobody closed a case yet, the policy's figure is taken."""

    people: int
    a_day: float
    closed: int
    days: int
    assumed: bool


class ForecastOut(Schema):
    """The last 30 days: cases of this rule, of all rules together, and what people close a
    working day; `behind` is by how many cases a day they would fall behind."""

    cases: int
    a_day: float
    all_cases: int
    all_a_day: float
    days: int
    behind: float
    capacity: CapacityOut
    units: list[UnitLoadOut]


@router.get(
    "",
    response={200: RulesOut, ERRORS: ErrorOut},
    auth=ApiKey(*RULE),
    summary="List case rules",
    operation_id="list_case_rules",
)
def index(request: HttpRequest) -> Any:
    """In the order in which they are looked at."""
    return {"items": all_rules()}


@router.post(
    "",
    response={201: RuleOut, ERRORS: ErrorOut},
    auth=ApiKey(*RULE),
    summary="Add a case rule",
    operation_id="add_case_rule",
)
def add(request: HttpRequest, body: RuleIn) -> Any:
    """It comes last in the order."""
    actor = caller(request)
    wanted = RuleChange(**{"name": body.name, **_given(actor, body)})
    made = save_rule(actor=actor, now=timezone.now(), rule=None, wanted=wanted)
    return Status(201, rule_by_ref(made.ref))


@router.put(
    "/order",
    response={200: RulesOut, ERRORS: ErrorOut},
    auth=ApiKey(*RULE),
    summary="Put the case rules in order",
    operation_id="order_case_rules",
)
def order(request: HttpRequest, body: OrderIn) -> Any:
    order_rules(actor=caller(request), now=timezone.now(), refs=body.rules)
    return {"items": all_rules()}


@router.post(
    "/forecast",
    response={200: ForecastOut, ERRORS: ErrorOut},
    auth=ApiKey(*RULE),
    summary="Try a case rule out",
    operation_id="try_case_rule",
)
def try_out(request: HttpRequest, body: RuleIn) -> Any:
    """What it would have opened behind the rules there are; stores nothing."""
    actor = caller(request)
    draft = drafted(RuleChange(**{**_given(actor, body), "name": body.name or "?"}))
    draft.is_active = True
    return forecast(actor, now=timezone.now(), rule=draft, among=[*all_rules(), draft])


@router.get(
    "/{ref}",
    response={200: RuleOut, ERRORS: ErrorOut},
    auth=ApiKey(*RULE),
    summary="One case rule",
    operation_id="get_case_rule",
)
def one(request: HttpRequest, ref: str) -> Any:
    return rule_by_ref(plain(ref))


@router.patch(
    "/{ref}",
    response={200: RuleOut, ERRORS: ErrorOut},
    auth=ApiKey(*RULE),
    summary="Change a case rule",
    operation_id="change_case_rule",
)
def change(request: HttpRequest, ref: str, body: RuleIn) -> Any:
    actor, rule = caller(request), rule_by_ref(plain(ref))
    wanted = replace(wishes_of(rule), **_given(actor, body))
    save_rule(actor=actor, now=timezone.now(), rule=rule, wanted=wanted)
    return rule_by_ref(rule.ref)


@router.delete(
    "/{ref}",
    response={204: None, ERRORS: ErrorOut},
    auth=ApiKey(*RULE),
    summary="Remove a case rule",
    operation_id="remove_case_rule",
)
def remove(request: HttpRequest, ref: str) -> Any:
    """Its cases stay."""
    remove_rule(actor=caller(request), now=timezone.now(), rule=rule_by_ref(plain(ref)))
    return Status(204, None)


def _given(actor: Actor, body: RuleIn) -> dict[str, Any]:
    """What the caller said, in the words of the operations."""
    found = body.model_dump(exclude_unset=True)
    for name, nothing in NOTHING.items():
        if name in found and found[name] is None:
            found[name] = nothing
    for name in ("unit", "route_unit"):
        if found.get(name):
            found[name] = _unit(actor, found[name], name)
    if found.get("route_person"):
        found["route_person"] = _person(actor, found["route_person"])
    return found


def _unit(actor: Actor, told: str, name: str) -> str:
    units = visible_units(actor)
    found = units.filter(ref=told).first() or units.filter(external_id=told).first()
    if found is None:
        raise wrong(f"body.{name}", _("There is no such unit."))
    return found.ref


def _person(actor: Actor, email: str) -> str:
    found = visible_users(actor).filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise wrong("body.route_person", _("There is nobody with this e-mail address."))
    return found.ref
