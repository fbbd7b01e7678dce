"""Are views kept and shared without showing more, do new answers tell, and do the buttons act?"""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from loopwell.cases.models import Case
from loopwell.cases.operations import thanked
from loopwell.insights.models import SavedView
from loopwell.journal.models import Entry
from loopwell.responses.models import Response
from tests import factories
from tests.conftest import Company


def answered(unit: Any, **more: Any) -> Response:
    values = {"answered_at": timezone.now(), "comment": "Said", **more}
    return factories.response(unit=unit, **values)


def page(client: Client, user: Any, path: str = "/answers/") -> Any:
    client.force_login(user)
    found = client.get(path)
    assert found.status_code == 200
    return found


def keep(client: Client, user: Any, share: str, filters: str = "category=detractor") -> None:
    client.force_login(user)
    sent = {"name": "Unhappy ones", "share": share, "filters": filters}
    assert client.post("/answers/views/", sent).status_code == 302


def test_a_shared_view_shows_everybody_only_their_own_answers(
    client: Client, company: Company
) -> None:
    answered(company.north, score=1)
    answered(company.south, score=2)
    keep(client, company.alice, "all", f"category=detractor&unit={company.north.ref}")
    view = SavedView.objects.get()
    assert page(client, company.mark, f"/answers/?{view.filters}").context["counted"].n == 1
    shown = page(client, company.oscar)
    assert [str(each) for each in shown.context["saved_views"]] == ["Unhappy ones"]
    seen = client.get(f"/answers/?{view.filters}").context["page"]
    assert {row.unit for row in seen} <= {company.south}


def test_views_reach_whom_they_are_shared_with(client: Client, company: Company) -> None:
    for share, readers in (
        ("me", {"mark"}), ("unit", {"mark", "fiona"}), ("all", {"mark", "fiona", "oscar"}),
    ):  # fmt: skip
        keep(client, company.mark, share)
        for name in ("mark", "fiona", "oscar"):
            views = page(client, getattr(company, name)).context["saved_views"]
            assert bool(views) is (name in readers), (share, name)
    assert SavedView.objects.count() == 1  # the same name again replaces it


def test_only_its_owner_changes_a_view(client: Client, company: Company) -> None:
    keep(client, company.mark, "unit")
    url = f"/answers/views/{SavedView.objects.get().ref}/"
    client.force_login(company.oscar)
    assert client.post(url, {"do": "delete"}).status_code == 404
    client.force_login(company.fiona)
    assert client.post(url, {"do": "delete"}).status_code == 403
    client.force_login(company.mark)
    client.post(url, {"do": "rename", "name": "Critics"})
    assert SavedView.objects.get().name == "Critics"
    client.post(url, {"do": "delete"})
    assert not SavedView.objects.exists()


def test_a_view_keeps_no_words_we_do_not_know(client: Client, company: Company) -> None:
    keep(client, company.mark, "me", "category=promoter&evil=%3Cscript%3E&period=30d")
    assert SavedView.objects.get().filters == "period=30d&category=promoter"


def test_an_open_page_learns_of_new_answers(client: Client, company: Company) -> None:
    answered(company.north)
    start = page(client, company.mark).context["newest_id"]
    poll = f"/answers/new/?period=90d&after={start}"
    assert client.get(poll).context["count"] == 0
    answered(company.north)
    answered(company.south)
    answered(company.north, score=2, answered_at=timezone.now() - timedelta(days=2))
    assert client.get(poll).context["count"] == 2
    assert client.get(f"{poll}&category=detractor").context["count"] == 1
    assert "2 new answers: show them" in client.get(poll).content.decode()
    assert client.get("/answers/new/?after=x").context["count"] == 0


def test_a_case_is_opened_by_hand_once_and_by_who_may(client: Client, company: Company) -> None:
    row = answered(company.north, score=8)
    url = f"/answers/{row.ref}/case/"
    client.force_login(company.oscar)
    assert client.post(url).status_code == 404
    client.force_login(company.mark)
    first = client.post(url)
    case = Case.objects.get()
    assert first["Location"] == f"/cases/{case.ref}/"
    assert (case.rule, case.score, case.owner) == (None, 8, company.mark)
    assert case.due_at > case.opened_at
    assert client.post(url)["Location"] == f"/cases/{case.ref}/"
    assert Case.objects.count() == 1
    opened = Entry.objects.filter(type="case.opened")
    assert [(e.actor, e.payload["by_hand"]) for e in opened] == [(f"user:{company.mark.ref}", True)]
    assert client.get(f"/cases/{case.ref}/").status_code == 200


def test_promoters_are_thanked_once(client: Client, company: Company) -> None:
    row = answered(company.north, score=10)
    client.force_login(company.mark)
    for _twice in range(2):
        client.post(f"/answers/{row.ref}/thanks/", {"back": "https://evil.example/"})
    assert Entry.objects.filter(type="promoter.thanked", subject_id=row.pk).count() == 1
    assert thanked([row.pk]) == {row.pk}
    assert "Thanked" in client.get("/answers/").content.decode()
    client.force_login(company.oscar)
    assert client.post(f"/answers/{row.ref}/thanks/").status_code == 404
