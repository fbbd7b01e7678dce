"""Do redress, promises, guides, causes and own feedback work on their pages?"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from loopwell.cases.models import CallGuide, Case, CoachingNote, FurtherAction, Redress
from loopwell.themes.queries import proposed_themes
from tests.cases.conftest import Answer, answer, case  # noqa: F401 fixtures
from tests.conftest import Company


def url(name: str, case: Case) -> str:  # noqa: F811 the fixture
    return reverse(f"cases:{name}", args=[case.ref])


@pytest.fixture
def fiona(client: Client, company: Company) -> Client:
    client.force_login(company.fiona)
    return client


def test_redress_is_asked_for_and_approved(
    fiona: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    typed = {"redress_what": "Phone", "redress_amount": "300", "redress_currency": "EUR"}
    sent = fiona.post(url("redress", case), {"version": 1, **typed}, follow=True)
    assert "above your limit" in sent.content.decode()
    assert "Waits for approval" in sent.content.decode()
    row = Redress.objects.get()
    decide = reverse("cases:decide", args=[row.ref])
    assert fiona.post(decide, {"decision": "approve"}).status_code == 403
    boss = Client()
    boss.force_login(company.mark)
    page = boss.get(reverse("cases:approvals")).content.decode()
    assert "Phone" in page
    assert decide in page
    boss.post(decide, {"decision": "refuse", "reason": ""})
    row.refresh_from_db()
    assert row.state == "asked"
    boss.post(decide, {"decision": "approve", "from_list": "1"})
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("approved", company.mark)
    stale = fiona.post(url("redress", case), {"version": 1, **typed})
    assert stale.status_code == 409
    assert 'value="Phone"' in stale.content.decode()


def test_a_promise_is_made_and_kept(fiona: Client, company: Company, case: Case) -> None:  # noqa: F811
    due = (timezone.localdate() + timedelta(days=2)).isoformat()
    typed = {"version": 1, "what": "Send it", "owner": company.fiona.ref, "due_on": due}
    assert fiona.post(url("action", case), typed).status_code == 302
    assert "Send it" in fiona.get(reverse("cases:actions")).content.decode()
    row = FurtherAction.objects.get()
    finish = reverse("cases:finish", args=[row.ref])
    fiona.post(finish, {"outcome": "Sent by post", "from_list": "1"})
    assert "Sent by post" in fiona.get(url("case", case)).content.decode()
    outsider = Client()
    outsider.force_login(company.oscar)
    assert outsider.post(finish, {"outcome": "x"}).status_code == 404


def test_a_preset_time_to_call_back(fiona: Client, case: Case) -> None:  # noqa: F811
    assert (
        fiona.post(url("callback", case), {"version": 1, "preset": "tomorrow"}).status_code == 302
    )
    assert Case.objects.get().next_step_at > timezone.now()


def test_a_missing_cause_is_proposed_and_merged(
    fiona: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    typed = {"version": 1, "result": "solved", "learnt": "No bell", "new_cause": "Broken bell"}
    assert fiona.post(url("closure", case), typed).status_code == 302
    (theme,) = proposed_themes()
    chief = Client()
    chief.force_login(company.alice)
    assert "Broken bell" in chief.get(reverse("taxonomy:index")).content.decode()
    decide = reverse("taxonomy:decide", args=[theme.slug])
    assert fiona.post(decide, {"merge": "1"}).status_code == 403
    sent = chief.post(decide, {"merge": "1", "into": "price", "kind": "defect"})
    assert sent.status_code == 302
    assert proposed_themes() == []


def test_limits_and_guides_are_for_who_runs_the_programme(
    fiona: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    for name in ("cases:limits", "guides:index", "guides:all"):
        assert fiona.get(reverse(name)).status_code == 403
    chief = Client()
    chief.force_login(company.alice)
    assert "Front line" in chief.get(reverse("cases:limits")).content.decode()
    chief.post(reverse("cases:limits"), {"front_line": "75", "manager_endless": "on"})
    typed = {"en-title_0": "Hello {customer}", "en-text_0": "Be kind"}
    assert chief.post(reverse("guides:all"), typed).status_code == 302
    assert CallGuide.objects.get().steps["en"][0]["title"] == "Hello {customer}"
    page = fiona.get(url("case", case)).content.decode()
    assert f"Hello {case.customer}" in page
    assert "Up to 75 EUR" in page


def test_own_feedback_has_names_that_of_colleagues_none(
    fiona: Client,
    company: Company,
    answer: Answer,  # noqa: F811
) -> None:
    given = answer(employee=company.fiona, comment="About Fiona")
    other = answer(employee=company.mark, comment="About the boss")
    boss = Client()
    boss.force_login(company.mark)
    boss.post(reverse("coaching:write", args=[given.ref]), {"text": "Ask why first"})
    note = CoachingNote.objects.get()
    page = fiona.get(reverse("coaching:index")).content.decode()
    assert "About Fiona" in page
    assert "Ask why first" in page
    fiona.post(reverse("coaching:read", args=[note.ref]))
    note.refresh_from_db()
    assert note.read_at is not None
    for address in (
        reverse("answers:answer", args=[other.ref]),
        reverse("cases:case", args=[Case.objects.get(response=other).ref]),
    ):
        shown = fiona.get(address).content.decode().split("<main")[1]
        assert "Served by" not in shown
        assert "<dt>Employee</dt>" not in shown
