"""Rows for tests, with defaults that are valid and dull."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from loopwell.people.models import Account, Customer
from loopwell.responses.enums import Source
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey, Version

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
_number = itertools.count(1)


def survey(**fields: Any) -> Survey:
    return Survey.objects.create(
        **{"name": "Relationship", "kind": SurveyKind.RELATIONSHIP, **fields}
    )


def version(**fields: Any) -> Version:
    of = fields.pop("survey", None) or survey()
    texts = {"en": {"question": "How likely are you to recommend Acme?", "why": "Why?"}}
    return Version.objects.create(
        **{
            "survey": of,
            "number": 1,
            "texts": texts,
            "published_at": NOW - timedelta(days=60),
            **fields,
        }
    )


def customer(**fields: Any) -> Customer:
    number = next(_number)
    return Customer.objects.create(
        **{
            "email": f"customer{number}@mail.example",
            "external_id": f"C{number}",
            "name": f"Customer {number}",
            "language": "en",
            **fields,
        }
    )


def account(**fields: Any) -> Account:
    number = next(_number)
    return Account.objects.create(
        **{"name": f"Client {number}", "external_id": f"A{number}", **fields}
    )


def invitation(**fields: Any) -> Invitation:
    who = fields.pop("customer", None) or customer()
    shown = fields.pop("version", None) or version()
    return Invitation.objects.create(
        **{
            "customer": who,
            "version": shown,
            "language": "en",
            "unit": who.unit,
            "planned_at": NOW,
            "sent_at": NOW,
            "expires_at": NOW + timedelta(days=35),
            **fields,
        }
    )


def response(**fields: Any) -> Response:
    who = fields.pop("customer", None) or customer()
    of = fields.pop("survey", None) or survey()
    return Response.objects.create(
        **{
            "customer": who,
            "survey": of,
            "kind": of.kind,
            "unit": who.unit,
            "score": 8,
            "source": Source.EMAIL,
            "answered_at": NOW,
            "updated_at": NOW,
            **fields,
        }
    )
