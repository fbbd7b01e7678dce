"""Do the pages of demo cases open, whatever was done in them?"""

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.models import User
from loopwell.cases.models import Case
from loopwell.demo.loading import load
from loopwell.demo.logins import logins

pytestmark = pytest.mark.django_db(transaction=True)


def test_cases_worked_on_and_closed_show_what_happened(client: Client) -> None:
    load(now=timezone.now(), scale=0.02)
    client.force_login(User.objects.get(email=logins()[0].email))
    worked = Case.objects.filter(attempts__isnull=False).order_by("pk").first()
    closed = Case.objects.exclude(closed_at=None).order_by("pk").first()
    assert worked is not None
    assert closed is not None

    pages = [client.get(f"/cases/{case.ref}/") for case in (worked, closed)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "called: " in pages[0].content.decode()
    assert "closed it: " in pages[1].content.decode()
