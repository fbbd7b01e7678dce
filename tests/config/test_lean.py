"""Customers' requests pass by the middleware of staff pages and still get headers and errors."""

import pytest
from django.test import Client

from tests.conftest import Company


@pytest.mark.django_db
def test_a_customers_page_has_headers_and_no_session(client: Client, company: Company) -> None:
    page = client.get("/r/nonsense/")

    assert page.status_code == 404
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert not page.cookies
    assert not hasattr(page.wsgi_request, "session")


@pytest.mark.django_db
def test_a_missing_slash_is_added_and_nonsense_told(client: Client, company: Company) -> None:
    assert client.get("/r/nonsense").status_code == 301
    assert client.get("/r/a/b/c/d/").status_code == 404
