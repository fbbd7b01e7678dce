"""API keys on pages: the secret is seen once, a revoked key stays revoked."""

import re
from datetime import datetime

from django.test import Client

from loopwell.access.enums import Right
from loopwell.access.models import ApiKey
from loopwell.access.operations import create_api_key
from loopwell.access.queries import actor_for_key
from tests.conftest import Company


def test_a_key_is_made_and_shown_once(company: Company, client: Client, now: datetime) -> None:
    client.force_login(company.alice)
    form = {
        "name": "Till",
        "rights": ["customers:read", "answers:write"],
        "unit": company.north.ref,
    }

    page = client.post("/keys/add/", form)

    found = re.search(r'value="(lw_[\w-]+)"', page.content.decode())
    assert found is not None
    secret = found[1]
    assert f'curl -H "Authorization: Bearer {secret}"' in page.content.decode().replace(
        "&quot;", '"'
    )
    assert "no-store" in page.headers["Cache-Control"]
    actor = actor_for_key(secret, now)
    assert actor is not None
    assert actor.rights == {Right.READ_CUSTOMERS, Right.WRITE_ANSWERS}
    assert actor.scope.paths == (company.north.path,)
    listed = client.get("/keys/").content.decode()
    assert secret[:12] in listed
    assert secret not in listed


def test_what_is_missing_is_said(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    named = {"name": "Till", "unit": company.north.ref}
    for form in ({}, named, named | {"rights": ["access:write"]}):
        assert client.post("/keys/add/", form).status_code == 422
    assert ApiKey.objects.count() == 0


def test_revoking_asks_once(company: Company, client: Client, now: datetime) -> None:
    client.force_login(company.alice)
    key, secret = create_api_key(actor=company.actor("alice"), name="Till",
                                 rights=[Right.READ_ANSWERS], unit=company.root,
                                 user=company.alice)  # fmt: skip

    assert client.get(f"/keys/{key.ref}/revoke/").status_code == 200
    assert actor_for_key(secret, now) is not None
    client.post(f"/keys/{key.ref}/revoke/")

    key.refresh_from_db()
    assert key.revoked_at is not None
    assert "revoked" in client.get("/keys/").content.decode()
