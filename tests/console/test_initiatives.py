"""Do the pages of initiatives work for those who propose, decide, pay and do?"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.cases.operations import open_by_hand
from loopwell.huddles.models import Issue
from loopwell.initiatives.enums import Origin, State
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.operations.drafts import Means
from loopwell.journal.reading import consume_all
from loopwell.notify.queries import inbox, tidings
from tests import factories
from tests.conftest import NOW, Company
from tests.initiatives.help import proposed, running, theme

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    got = client.get(address)
    assert got.status_code == 200, address
    return got.content.decode()


def post(client: Client, address: str, **said: object) -> int:
    return client.post(address, said).status_code


def facts(company: Company, **more: object) -> dict[str, object]:
    return {
        "title": "Ship on time", "kind": "fix", "themes": [theme().slug], "units":
        [company.north.ref], "currency": "EUR", "owner": company.mark.ref, "nps": "3",
        "nps_low": "1", "nps_high": "5", "share": "−2", "cost": "12 000", "budget": "12 500,50",
        "people": "0,5",
    } | more  # fmt: skip


def finance(company: Company) -> User:
    return create_user(
        actor=SYSTEM, email="fin@acme.example", name="Finn", unit=company.root,
        roles=[Role.FINANCE],
    )  # fmt: skip


def test_from_an_idea_to_its_end_by_pages(client: Client, company: Company) -> None:
    theme()
    client.force_login(company.mark)
    assert "No initiative yet" in text(client, "/initiatives/")
    assert "Late delivery" in text(client, "/initiatives/new/")
    assert post(client, "/initiatives/new/", **facts(company, title="")) == 422
    assert post(client, "/initiatives/new/", **facts(company, nps_low="")) == 422
    assert post(client, "/initiatives/new/", **facts(company, units=[])) == 422
    assert post(client, "/initiatives/new/", **facts(company, cost="1e999")) == 422
    assert Initiative.objects.count() == 0
    assert post(client, "/initiatives/new/", **facts(company)) == 302
    made = Initiative.objects.get()
    page = f"/initiatives/{made.ref}/"
    shown = text(client, page)
    for words in ("+3 points, likely +1 to +5", "12,000\u00a0EUR", "12,500.50\u00a0EUR", "0.5",
                  "−2 percentage points", "Finance has not agreed",
                  "Not begun anywhere"):  # fmt: skip
        assert words in shown
    assert "What happens next" not in shown
    assert post(client, f"{page}move/", state="approved", version=1) == 403

    client.force_login(finance(company))
    assert post(client, f"{page}agree/", version=1, **{"agree-note": "In the plan"}) == 302
    assert "In the plan" in text(client, page)

    client.force_login(company.alice)
    assert "Approve" in text(client, page)
    assert post(client, f"{page}move/", state="nonsense", version=2) == 422
    assert post(client, f"{page}move/", state="approved", version=2) == 302
    stale = client.post(f"{page}move/", {"state": "running", "version": "2"}, follow=True)
    assert "Somebody changed this initiative meanwhile." in stale.content.decode()

    client.force_login(company.mark)
    assert post(client, f"{page}move/", state="running", version=3) == 302
    day = {"roll_out-unit": company.north.ref, "roll_out-on": "2026-05-01"}
    assert post(client, f"{page}roll_out/", **day) == 302
    assert post(client, f"{page}milestone/", **{"milestone-title": "Vans"}) == 422
    reached = {"milestone-title": "Vans bought", "milestone-due_on": "2026-04-01"}
    assert post(client, f"{page}milestone/", **reached) == 302
    assert post(client, f"{page}task/", **{"task-what": "Train drivers"}) == 422
    assert (
        post(client, f"{page}task/", **{"task-what": "Train drivers", "task-function": "HR"}) == 302
    )
    assert post(client, f"{page}link/", **{"link-url": "http://x.example"}) == 422
    assert post(client, f"{page}link/", **{"link-url": "https://tracker.example/7"}) == 302
    assert post(client, f"{page}comment/", **{"comment-text": "We begin in May."}) == 302
    for part in ("milestones", "tasks"):
        rows = {"milestones": made.milestones, "tasks": made.tasks}[part]
        assert post(client, f"{page}{part}/{rows.get().ref}/done/") == 302
    shown = text(client, page)
    for words in ("Vans bought", "Train drivers", "https://tracker.example/7", "We begin in May.",
                  "Mark began it", "Alice approved it", "Mark proposed it"):  # fmt: skip
        assert words in shown
    assert post(client, f"{page}links/{made.links.get().ref}/remove/") == 302
    assert post(client, f"{page}roll-outs/{company.north.ref}/remove/") == 302
    assert (made.links.count(), made.roll_outs.count()) == (0, 0)
    assert post(client, f"{page}move/", state="done", version=4) == 302
    assert Initiative.objects.get().state == State.DONE


def test_changing_money_ends_the_agreement_and_two_at_once_are_told(
    client: Client, company: Company
) -> None:
    theme()
    made = proposed(company)
    page = f"/initiatives/{made.ref}/"
    client.force_login(finance(company))
    assert post(client, f"{page}agree/", version=1) == 302
    assert client.get(f"{page}change/").status_code == 403
    client.force_login(company.mark)
    assert "that ends" in text(client, f"{page}change/")
    assert post(client, f"{page}change/", version=2, **facts(company, cost="999")) == 302
    assert "Finance has not agreed" in text(client, page)
    wrong = client.post(f"{page}change/", facts(company, title="", version=2))
    assert 'name="version" value="2"' in wrong.content.decode()  # the one that was seen
    late = client.post(f"{page}change/", facts(company, title="Mine", version=2))
    assert 'name="version" value="3"' in late.content.decode()
    assert (late.status_code, "Nothing of yours is lost" in late.content.decode()) == (409, True)
    assert "Mine" in late.content.decode()
    assert Initiative.objects.get().title == "Ship on time"


def test_whoever_is_told_is_led_to_the_page(client: Client, company: Company) -> None:
    made = proposed(company, by="alice", owner=company.mark, means=Means(people=Decimal(10)))
    consume_all(now=NOW)
    client.force_login(company.mark)
    shown = text(client, "/alarms/")
    assert "Alice made you the owner of an initiative: Ship on time" in shown
    (item,) = tidings(inbox(company.actor("mark")))
    assert item.path == f"/initiatives/{made.ref}/"
    assert "<dd>10</dd>" in text(client, item.path)


def test_a_problem_an_issue_and_a_call_fill_the_form(client: Client, company: Company) -> None:
    late = theme()
    issue = Issue.objects.create(
        unit=company.north, title="Vans break down", text="Each week.", theme=late, by=company.fiona
    )
    said = factories.response(score=2, unit=company.north, comment="Too late.")
    case = open_by_hand(actor=company.actor("mark"), now=NOW, ref=said.ref)
    client.force_login(company.mark)
    for address, words in (
        (f"/initiatives/new/?theme={late.slug}", 'name="theme"'),
        (f"/initiatives/new/?issue={issue.ref}", "Vans break down"),
        (f"/initiatives/new/?case={case.ref}", "From the case of"),
    ):
        assert words in text(client, address)
    assert client.get("/initiatives/new/?theme=none").status_code == 404
    assert post(client, "/initiatives/new/", issue=issue.ref, **facts(company)) == 302
    made = Initiative.objects.get()
    assert (made.issue, made.origin) == (issue, Origin.ISSUE)
    assert "Vans break down" in text(client, f"/initiatives/{made.ref}/")
    client.force_login(company.oscar)
    assert client.get(f"/initiatives/new/?issue={issue.ref}").status_code == 404


def test_list_board_and_timeline(client: Client, company: Company) -> None:
    today = timezone.localdate()
    made = running(company, due_on=today - timedelta(days=3))
    proposed(company, "Only an idea", owner=None)
    made.roll_outs.create(unit=company.north, on=today)
    made.milestones.create(title="Far away", due_on=today + timedelta(days=3000))
    client.force_login(company.mark)

    shown = text(client, "/initiatives/")
    assert "was due on" in shown
    assert "Only an idea" in shown
    assert "Only an idea" not in text(client, "/initiatives/?late=1")
    assert "Only an idea" not in text(client, f"/initiatives/?owner={company.mark.ref}")
    assert "Only an idea" not in text(client, "/initiatives/?state=running")
    assert "Only an idea" in text(client, f"/initiatives/?theme={theme().slug}")
    assert "None of this choice" in text(client, "/initiatives/?state=stopped")
    assert "Only an idea" in text(client, "/initiatives/?view=board&state=running")
    line = text(client, "/initiatives/?view=timeline")
    assert "begins in North" in line
    assert "One day lies too far away" in line
    assert "style=" not in line.partition("<main")[2]
    client.force_login(company.oscar)
    assert "No initiative yet" in text(client, "/initiatives/")


def test_the_order_says_what_is_not_known_and_keeps_what_was_decided(
    client: Client, company: Company
) -> None:
    client.force_login(company.alice)
    assert "Nothing waits to be decided" in text(client, "/initiatives/priorities/")
    best, vague = proposed(company), proposed(company, "Vague")
    Initiative.objects.filter(pk=vague.pk).update(nps=None, nps_low=None, nps_high=None)
    shown = text(client, "/initiatives/priorities/?budget=1%20500")
    for words in ("“Ship on time” surely gives most", "not known: its effect on NPS",
                  "What fits into 1,500", "One project for 1,000", "Points for 1,000",
                  "+3 points, likely +1 to +5"):  # fmt: skip
        assert words in shown
    assert "Write the budget as a number" in text(client, "/initiatives/priorities/?budget=lots")
    for query in (
        "by=money_per_cost&aim=money&budget=5",
        "by=nps_per_effort",
        "by=x&aim=y&currency=z",
    ):
        text(client, f"/initiatives/priorities/?{query}")

    said = {"decision-what": "Ship first", "decision-chosen": [best.ref], "budget": "1500"}
    assert client.post("/initiatives/priorities/decide/", said).status_code == 422
    kept = client.post("/initiatives/priorities/decide/", said | {"decision-why": "It pays"})
    assert kept.status_code == 302
    page = text(client, kept.headers["Location"])
    for words in ("Ship first", "It pays", "1,500", "not known: its effect on NPS"):
        assert words in page
    assert "It pays" in text(client, f"/initiatives/{best.ref}/")

    client.force_login(company.mark)
    assert "Keep what was decided" not in text(client, "/initiatives/priorities/")
    again = client.post("/initiatives/priorities/decide/", said | {"decision-why": "Mine"})
    assert again.status_code == 403
    assert client.get(kept.headers["Location"]).status_code == 404


def test_more_initiatives_need_no_more_questions_to_the_database(
    client: Client, company: Company
) -> None:
    client.force_login(company.alice)
    pages = ("/initiatives/", "/initiatives/?view=board", "/initiatives/?view=timeline",
             "/initiatives/priorities/?budget=9000")  # fmt: skip

    def asked() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(
                connection,
            ) as counted:
                text(client, page)
            found.append(len(counted))
        return found

    proposed(company, "One"), proposed(company, "Two")
    before = asked()
    for number in range(6):
        proposed(company, f"More {number}")
    assert asked() == before
