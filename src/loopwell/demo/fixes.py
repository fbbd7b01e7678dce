"""Which systemic changes did the demo company make, when and where?"""

from datetime import date

from loopwell.demo.clock import add_months
from loopwell.demo.records import Fix, FixStep, Texts, Unit

SLOTS_FIRST = ("delivery-north", "delivery-west")
SLOTS_LATER = ("delivery-east", "delivery-south")
SLOTS_EFFECT = 0.3  # share of late deliveries that remains


def slots_first_on(starts_on: date) -> date:
    return add_months(starts_on, 9)


def slots_later_on(starts_on: date) -> date:
    return add_months(starts_on, 15)


def letter_on(starts_on: date) -> date:
    return add_months(starts_on, 10)


def make_fixes(*, starts_on: date, units: tuple[Unit, ...], owner: str) -> tuple[Fix, ...]:
    """Delivery time slots (worked; two regions first) and the billing letter (did not)."""
    everywhere = tuple(unit.key for unit in units if unit.kind not in {"company", "region"})
    slots = Fix(
        slug="delivery-time-slots",
        names=Texts(
            "Two-hour delivery slots with a text message",
            "Двухчасовые интервалы доставки с SMS",
            "Двогодинні інтервали доставки з SMS",
            "Dwugodzinne okna dostaw z SMS-em",
        ),
        cause="late-delivery",
        touchpoints=("delivery",),
        owner=owner,
        cost=64_000,
        steps=(
            FixStep(slots_first_on(starts_on), SLOTS_FIRST),
            FixStep(slots_later_on(starts_on), SLOTS_LATER),
        ),
        worked=True,
    )
    letter = Fix(
        slug="billing-letter-redesign",
        names=Texts(
            "Clearer layout of the bill",
            "Новый вид письма со счётом",
            "Новий вигляд листа з рахунком",
            "Nowy układ faktury",
        ),
        cause="billing-error",
        touchpoints=("call", "self-service", "relationship", "accounts"),
        owner=owner,
        cost=38_000,
        steps=(FixStep(letter_on(starts_on), everywhere),),
        worked=False,
    )
    return (slots, letter)
