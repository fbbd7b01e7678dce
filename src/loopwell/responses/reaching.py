"""Whose is an answer given in passing, once its giver says how to reach them?

Who consents to be contacted and leaves an address or a number is a customer like any other from
then on: their case can be opened and somebody calls.
"""

from datetime import datetime

from django.conf import settings

from loopwell.access.rules import SYSTEM
from loopwell.people.models import Customer
from loopwell.people.operations.saving import save_customer
from loopwell.people.rules.contact import normal_email, normal_phone, region_of
from loopwell.people.rules.drafts import CustomerDraft
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS

REACH = "reach"


def identify(row: Response, now: datetime) -> None:
    """Ties the answer to the customer with this e-mail or phone number, else to a new one.

    Nothing happens without consent, or where what was left is neither. Call it in the
    transaction that stores the answer.
    """
    left = str(row.answers.get(REACH, "")).strip()
    agreed = row.contact_consent is True and row.kind in OUR_CUSTOMERS
    if not left or not agreed or row.customer_id is not None:
        return
    customer = _by_email(left, row, now) or _by_phone(left, row, now)
    if customer is None:
        return
    row.customer = customer
    row.save(update_fields=["customer"])


def _by_email(left: str, row: Response, now: datetime) -> Customer | None:
    email = normal_email(left)
    if email is None:
        return None
    known = Customer.objects.filter(email=email).first()
    return known or _new(CustomerDraft(email=email, language=row.language), row, now)


def _by_phone(left: str, row: Response, now: datetime) -> Customer | None:
    """A number that several customers share is nobody's in particular."""
    zone = row.unit.time_zone if row.unit else ""
    phone, is_good = normal_phone(left, region_of(zone or settings.TIME_ZONE))
    if not is_good or not phone:
        return None
    known = list(Customer.objects.filter(phone=phone)[:2])
    if len(known) == 1:
        return known[0]
    draft = CustomerDraft(external_id=f"link-{row.ref}", phone=phone, language=row.language)
    return _new(draft, row, now)


def _new(draft: CustomerDraft, row: Response, now: datetime) -> Customer:
    made = save_customer(actor=SYSTEM, now=now, draft=draft).thing
    if made.unit_id is None and row.unit_id is not None:
        made.unit_id = row.unit_id
        made.save(update_fields=["unit"])
    return made
