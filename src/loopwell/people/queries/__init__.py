"""Which customers, accounts and interactions are there, for whom?"""

from loopwell.people.queries.held import (
    HeldRow,
    held_by_ref,
    held_interactions,
    held_row,
    unknown_customers,
)
from loopwell.people.queries.interactions import touchpoints_in_use, visible_interactions
from loopwell.people.queries.journeys import (
    journey_by_ref,
    journeys,
    moment_by_ref,
    moments_of,
)
from loopwell.people.queries.lists import (
    CustomerFilter,
    account_by_ref,
    accounts,
    contacts_of,
    customer_by_ref,
    customers,
    filter_customers,
    interactions_of,
    languages_in_use,
    properties,
    visible_accounts,
    visible_to,
)
from loopwell.people.queries.uploads import upload_by_ref, uploads

__all__ = [
    "CustomerFilter",
    "HeldRow",
    "account_by_ref",
    "accounts",
    "contacts_of",
    "customer_by_ref",
    "customers",
    "filter_customers",
    "held_by_ref",
    "held_interactions",
    "held_row",
    "interactions_of",
    "journey_by_ref",
    "journeys",
    "languages_in_use",
    "moment_by_ref",
    "moments_of",
    "properties",
    "touchpoints_in_use",
    "unknown_customers",
    "upload_by_ref",
    "uploads",
    "visible_accounts",
    "visible_interactions",
    "visible_to",
]
