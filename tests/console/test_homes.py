"""Does every role's home show what is theirs, and nothing of others?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case, CoachingNote, FurtherAction, Redress, RedressLimit, Remark
from loopwell.console.home.homes import HOMES, OF_ROLE
from loopwell.digests.models import Heard, Use
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.responses.models import Response
from loopwell.themes.models import Mention, Theme
from tests import factories
from tests.conftest import Company


def person(company: Company, role: Role, **more: Any) -> User:
    return create_user(
        actor=SYSTEM, email=f"{role}@acme.example", name=f"The {role.value}",
        unit=more.get("unit", company.root), roles=[role],
    )  # fmt: skip


def unhappy(unit: Any, **more: Any) -> Case:
    now = timezone.now()
    given = factories.response(unit=unit, score=1, answered_at=now, **more)
    append(actor=SYSTEM, now=now, events=[Event("response.recorded", "response", given.pk)])
    consume_all(now=now)
    return Case.objects.get(response=given)


def home(client: Client, user: User, query: str = "") -> Any:
    client.force_login(user)
    response = client.get(f"/?{query}")
    assert response.status_code == 200
    return response.context


def lines(context: Any) -> dict[str, int]:
    return {each.slug: each.count for each in context["waiting"]}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home_in_the_same_order(
    role: Role, client: Client, company: Company, built: Any
) -> None:
    factories.response(unit=company.north, comment="Fine", answered_at=timezone.now())
    built()
    seen = home(client, person(company, role))
    assert seen["home"] == OF_ROLE[role]
    slugs = [section.slug for row in seen["rows"] for section in row]
    order = ["today", "score", "causes", "comments"]
    known = [slug for slug in slugs if slug in order]
    assert known == [slug for slug in order if slug in known]
    assert slugs[0] in ("today", "cases")
    if role is not Role.ACCOUNT_MANAGER:  # owns no account, so sees no answer
        assert "score" in slugs


def test_sections_are_declared_once() -> None:
    declared: dict[str, Any] = {}
    for rows in HOMES.values():
        for row in rows:
            for section in row:
                assert declared.setdefault(section.slug, section) is section


def test_who_has_several_roles_chooses_and_keeps_the_choice(
    client: Client, company: Company
) -> None:
    both = create_user(
        actor=SYSTEM, email="both@acme.example", name="Both", unit=company.north,
        roles=[Role.FRONT_LINE, Role.MANAGER],
    )  # fmt: skip
    factories.response(unit=company.north, answered_at=timezone.now())
    assert home(client, both)["home"] == "manager"
    assert home(client, both, "home=executive")["home"] == "manager"
    assert client.get("/?home=caller").context["home"] == "caller"
    assert client.get("/").context["home"] == "caller"


def test_what_waits_is_ones_own(client: Client, company: Company) -> None:
    mine, other = unhappy(company.north), unhappy(company.south)
    Case.objects.filter(pk=mine.pk).update(owner=company.fiona)
    Case.objects.filter(pk=other.pk).update(owner=company.oscar)
    day = timezone.now().date()
    for case, owner in ((mine, company.fiona), (other, company.oscar)):
        FurtherAction.objects.create(case=case, what="Send it", owner=owner, due_on=day)
    assert mine.response is not None
    CoachingNote.objects.create(response=mine.response, employee=company.fiona, kind="praise")
    remark = Remark.objects.create(case=mine, text="Can you?", by=company.mark)
    remark.mentions.add(company.fiona)
    assert lines(home(client, company.fiona)) == {
        "due": 1, "promises": 1, "mentions": 1, "notes": 1,
    }  # fmt: skip
    assert lines(home(client, company.oscar)) == {"due": 1, "promises": 1}
    assert lines(home(client, company.mark)) == {}


def test_late_calls_are_red_for_their_owner_and_known_to_who_leads(
    client: Client, company: Company
) -> None:
    case = unhappy(company.north)
    Case.objects.update(owner=company.fiona, due_at=timezone.now() - timedelta(days=2))
    own = next(each for each in home(client, company.fiona)["waiting"] if each.slug == "late")
    assert (own.count, own.late) == (1, True)
    lead = next(e for e in home(client, company.mark)["waiting"] if e.slug == "late_units")
    assert len(client.get(lead.url).context["rows"]) == lead.count == 1
    assert "late_units" not in lines(home(client, company.oscar))
    assert case.closed_at is None


def test_redress_waits_for_whom_may_approve_it(client: Client, company: Company) -> None:
    case = unhappy(company.north)
    Case.objects.update(owner=company.fiona)
    RedressLimit.objects.update_or_create(role=Role.MANAGER, defaults={"amount": 100})
    for amount in (50, 500):
        Redress.objects.create(
            case=case, what="Voucher", amount=amount, currency="EUR", state="asked",
            by=company.fiona,
        )  # fmt: skip
    assert lines(home(client, company.mark))["approvals"] == 1
    assert "approvals" not in lines(home(client, company.fiona))
    assert "approvals" not in lines(home(client, company.oscar))


def test_root_causes_are_those_of_ones_units(client: Client, company: Company) -> None:
    now = timezone.now()
    themes = list(Theme.objects.all()[:2])
    for unit, theme in ((company.north, themes[0]), (company.south, themes[1])):
        given = factories.response(unit=unit, score=2, answered_at=now)
        Mention.objects.create(
            response=given, theme=theme, source="interviewer", weight=100, at=now
        )
    found = home(client, company.mark)["causes"]
    assert [(cause.slug, cause.found, cause.calls, cause.few) for cause in found] == [
        (themes[0].slug, 1, 1, True)
    ]
    assert len(home(client, company.alice)["causes"]) == 2


def test_an_executive_gets_the_same_comments_all_week_and_marks_them(
    client: Client, company: Company
) -> None:
    before = timezone.now() - timedelta(days=8)
    for number in range(10):
        factories.response(unit=company.north, comment=f"Said {number}", answered_at=before)
    boss = person(company, Role.EXECUTIVE)
    first = home(client, boss)["picked"]
    refs = [row.ref for row in first.comments]
    assert len(refs) == 3
    factories.response(unit=company.north, comment="New", answered_at=timezone.now())
    assert [row.ref for row in home(client, boss)["picked"].comments] == refs
    client.post("/heard/", {"ref": refs[0]})
    assert home(client, boss)["picked"].heard == {refs[0]}
    assert Heard.objects.count() == 1
    other = create_user(
        actor=SYSTEM, email="b@acme.example", name="B", unit=company.south,
        roles=[Role.EXECUTIVE],
    )  # fmt: skip
    factories.response(unit=company.south, answered_at=before)
    assert home(client, other)["picked"].comments == []


def test_the_call_to_listen_in_on_names_who_to_ask(client: Client, company: Company) -> None:
    case = unhappy(company.north)
    Case.objects.update(owner=company.fiona)
    boss = person(company, Role.EXECUTIVE)
    found = home(client, boss)["picked"].call
    assert (found.case.pk, found.agreed) == (case.pk, False)
    assert "Ask Fiona to let you join" in client.get("/").content.decode()


def test_accounts_in_danger_come_first(client: Client, company: Company) -> None:
    anna = person(company, Role.ACCOUNT_MANAGER)
    fine, silent, lost = (factories.account(owner=anna, name=n) for n in ("Fine", "Mute", "Lost"))
    factories.account(name="Not hers")
    now = timezone.now()
    for account, score in ((fine, 10), (silent, None), (lost, 2)):
        who = factories.customer(account=account, decision_role="decides")
        if score is not None:
            factories.response(customer=who, account=account, score=score, answered_at=now)
    found = home(client, anna)["my_accounts"]
    assert [str(each.account) for each in found] == ["Lost", "Mute", "Fine"]
    assert (len(found[0].unhappy), len(found[1].silent)) == (1, 1)


def test_the_front_line_reads_what_was_said_about_them_and_no_colleagues_names(
    client: Client, company: Company
) -> None:
    frank = create_user(
        actor=SYSTEM, email="frank@acme.example", name="Frank Nobody", unit=company.north,
        roles=[Role.FRONT_LINE],
    )  # fmt: skip
    now = timezone.now()
    for who, words in ((company.fiona, "She was kind"), (frank, "He was rude")):
        factories.response(unit=company.north, employee=who, comment=words, answered_at=now)
    seen = home(client, company.fiona)
    assert [row.comment for row in seen["about_me"]] == ["She was kind"]
    for path in ("/", "/answers/"):
        page = client.get(path).content.decode()
        assert "He was rude" in page, path
        assert "Frank Nobody" not in page, path
    client.force_login(company.mark)
    assert "Frank Nobody" in client.get("/answers/").content.decode()


def test_an_empty_company_has_homes_too(client: Client, company: Company) -> None:
    for role in Role:
        assert home(client, person(company, role))["waiting"] == [], role
    assert Response.objects.count() == 0


def test_a_days_visits_count_once_and_without_who(client: Client, company: Company) -> None:
    factories.response(unit=company.north, answered_at=timezone.now())
    for _visit in range(3):
        home(client, company.mark, "via=digest")
        client.get("/answers/")
    kept = {(row.unit, row.what): row.people for row in Use.objects.select_related("unit")}
    assert kept == {(company.north, w): 1 for w in ("home", "feed", "digest")}
    assert {field.name for field in Use._meta.get_fields()} == {
        "id", "unit", "day", "what", "people",
    }  # fmt: skip
