"""Do offers reach promoters alone, is everything counted once, and does a friend come through?"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.people.models import Customer
from loopwell.promoters import queries
from loopwell.promoters.enums import How, ReferralState, Step
from loopwell.promoters.models import Happening, Promoter, Referral
from loopwell.promoters.operations import (
    Friend,
    OffersChange,
    PlaceChange,
    add_place,
    change_referral,
    forget_referral,
    refer,
    save_offers,
    thank,
)
from loopwell.promoters.rules import link_token
from loopwell.responses.models import Response
from loopwell.sampling.enums import After
from loopwell.sampling.links import token_of
from loopwell.sampling.rules import EXCLUSIONS, Asking, Rule
from tests import factories
from tests.api.conftest import Programs, program
from tests.conftest import Company

__all__ = ["program"]
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
ALL = OffersChange(
    reviews=True, referral=True, reference=True, community=True,
    community_url="https://club.acme.example/join",
)  # fmt: skip


@pytest.fixture
def offers(company: Company) -> Company:
    alice, now = company.actor("alice"), timezone.now()
    save_offers(actor=alice, now=now, change=ALL)
    for name, unit in (("Google", None), ("Mapy", company.north), ("Elsewhere", company.south)):
        change = PlaceChange(name=name, url=f"https://{name.lower()}.example/acme", unit=unit)
        add_place(actor=alice, now=now, change=change)
    return company


def answered(company: Company, score: int = 10, **fields: Any) -> Response:
    now = timezone.now()
    who = factories.customer(name="Anna Kowalska", unit=company.north)
    invitation = factories.invitation(customer=who, expires_at=now + timedelta(days=9))
    answer = factories.response(
        customer=who, survey=invitation.version.survey, version=invitation.version,
        invitation=invitation, score=score, answered_at=now, **fields,
    )  # fmt: skip
    append(actor=SYSTEM, now=now, events=[Event("response.recorded", "response", answer.pk)])
    consume_all(now=now)
    return answer


def address(answer: Response) -> str:
    assert answer.invitation is not None
    return f"/r/{token_of(answer.invitation.ref)}/"


def steps(step: Step) -> int:
    return Happening.objects.filter(step=step).count()


def test_a_promoter_sees_every_offer_in_one_light_page(offers: Company, client: Client) -> None:
    answer = answered(offers)
    page = client.get(f"{address(answer)}?done=1", **BROWSER)  # type: ignore[arg-type]
    text = page.content.decode()
    assert "Review us on Google" in text
    assert "Review us on Mapy" in text
    assert "Elsewhere" not in text
    assert f"/p/{link_token(Promoter.objects.get().ref)}/" in text
    assert "May we name you as a reference" in text
    assert "go/community/" in text
    assert "<script" not in text
    assert len(page.content) <= 15 * 1024
    assert steps(Step.OFFERED) == 1
    client.get(f"{address(answer)}?done=1", **BROWSER)  # type: ignore[arg-type]
    assert steps(Step.OFFERED) == 1


def test_nobody_else_does(offers: Company, client: Client) -> None:
    for score in (8, 3):
        text = client.get(f"{address(answered(offers, score))}?done=1").content.decode()
        assert "Google" not in text
        assert "/p/" not in text
    assert not Promoter.objects.exists()
    assert client.get(f"{address(answered(offers, 8))}go/community/").status_code == 404


def test_people_who_follow_are_counted_once_a_day_and_robots_never(
    offers: Company, client: Client
) -> None:
    answer, place = answered(offers), queries.places().get(name="Google")
    url = f"{address(answer)}go/review/{place.ref}/"
    for _time in range(2):
        gone = client.get(url, **BROWSER)  # type: ignore[arg-type]
        assert (gone.status_code, gone.headers["Location"]) == (302, "https://google.example/acme")
    client.get(url, HTTP_USER_AGENT="Googlebot/2.1")
    client.head(url, **BROWSER)  # type: ignore[arg-type]
    assert steps(Step.REVIEW) == 1
    other = queries.places().get(name="Elsewhere")
    assert client.get(f"{address(answer)}go/review/{other.ref}/").status_code == 404
    assert client.get(f"/r/{'2' * 34}/go/review/{place.ref}/").status_code == 404
    joined = client.get(f"{address(answer)}go/community/", **BROWSER)  # type: ignore[arg-type]
    assert joined.headers["Location"] == "https://club.acme.example/join"


def test_a_reference_is_given_and_taken_back(offers: Company, client: Client) -> None:
    answer = answered(offers)
    url = f"{address(answer)}go/reference/"
    assert client.get(url).status_code == 405
    assert client.post(url, {"agrees": "yes"}).status_code == 303
    assert Promoter.objects.get().reference is True
    assert "We may name you" in client.get(f"{address(answer)}?done=1").content.decode()
    client.force_login(offers.mark)
    customer = f"/customers/{answer.customer.ref}/"  # type: ignore[union-attr]
    assert "May be named as a reference" in client.get(customer).content.decode()
    client.post(url, {"agrees": "no"})
    assert Promoter.objects.get().reference is False


def test_a_friend_comes_through_the_link(offers: Company, client: Client) -> None:
    answered(offers)
    url = f"/p/{link_token(Promoter.objects.get().ref)}/"
    page = client.get(url, **BROWSER)  # type: ignore[arg-type]
    text = page.content.decode()
    assert "Anna recommends Acme" in text
    assert "Kowalska" not in text
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert len(page.content) <= 15 * 1024
    client.get(url, HTTP_USER_AGENT="WhatsApp/2.0")
    assert steps(Step.VISIT) == 1
    wrong = client.post(url, {"name": "Jan", "email": "nonsense"})
    assert wrong.status_code == 422
    assert 'value="Jan"' in wrong.content.decode()
    good = {"name": "Jan", "email": "Jan@Mail.example", "agrees": "yes"}
    for _time in range(2):
        assert client.post(url, good).status_code == 303
    client.post(url, {**good, "email": "bot@mail.example", "website": "spam"})
    row = Referral.objects.get()
    assert (row.name, row.email, row.unit) == ("Jan", "jan@mail.example", offers.north)
    assert client.get(f"/p/{'3' * 34}/").status_code == 404
    save_offers(
        actor=offers.actor("alice"), now=timezone.now(),
        change=OffersChange(reviews=True, referral=False, reference=False, community=False),
    )  # fmt: skip
    assert client.get(url).status_code == 404


def test_what_came_of_it_is_counted_by_month_and_unit(offers: Company) -> None:
    answered(offers)
    now, promoter = timezone.now(), Promoter.objects.get()
    friend = Friend(name="Jan", phone="+48 600 100 200", agrees=True)
    row = refer(promoter=promoter, friend=friend, now=now)
    assert row is not None
    mark = offers.actor("mark")
    with pytest.raises(Invalid):
        change_referral(
            actor=mark, now=now, referral=row, state=ReferralState.WON, revenue=Decimal(-1)
        )
    change_referral(
        actor=mark, now=now, referral=row, state=ReferralState.WON, revenue=Decimal(1200)
    )
    since = now - timedelta(days=365)
    (month,) = queries.counts_by_month(mark, since=since)
    (unit,) = queries.counts_by_unit(mark, since=since)
    assert (unit.label, unit.referrals, unit.won, unit.revenue) == ("North", 1, 1, Decimal(1200))
    assert (month.referrals, month.won) == (1, 1)
    assert queries.totals(offers.actor("oscar"), since=since).referrals == 0
    with pytest.raises(NotFound):
        forget_referral(actor=offers.actor("oscar"), now=now, referral=row)
    forget_referral(actor=mark, now=now, referral=row)
    assert not Referral.objects.exists()


def test_thanks_by_phone_are_a_contact(offers: Company) -> None:
    answered(offers)
    now, promoter = timezone.now(), Promoter.objects.get()
    assert list(queries.to_thank(offers.actor("mark"))) == [promoter]
    with pytest.raises(NotFound):
        thank(actor=offers.actor("oscar"), now=now, promoter=promoter, how=How.CALL)
    thank(actor=offers.actor("mark"), now=now, promoter=promoter, how=How.CALL, note="Glad")
    assert list(queries.to_thank(offers.actor("mark"))) == []
    asking = Asking(now=now, rules=(Rule(After.CALL, 30),))
    lately = Customer.objects.filter(EXCLUSIONS["thanked"].condition(asking))
    assert list(lately) == [promoter.customer]
    much_later = Asking(now=now + timedelta(days=31), rules=(Rule(After.CALL, 30),))
    assert not Customer.objects.filter(EXCLUSIONS["thanked"].condition(much_later)).exists()


def test_a_lower_score_ends_it_and_a_new_high_one_begins_again(offers: Company) -> None:
    answer, now = answered(offers), timezone.now()
    thank(actor=SYSTEM, now=now, promoter=Promoter.objects.get(), how=How.LETTER)
    Response.objects.filter(pk=answer.pk).update(score=6)
    append(actor=SYSTEM, now=now, events=[Event("response.changed", "response", answer.pk)])
    consume_all(now=now)
    assert Promoter.objects.get().score == 6
    assert list(queries.to_thank(SYSTEM)) == []
    later = now + timedelta(days=100)
    again = factories.response(customer=answer.customer, score=9, answered_at=later)
    append(actor=SYSTEM, now=later, events=[Event("response.recorded", "response", again.pk)])
    consume_all(now=later)
    assert [row.score for row in queries.to_thank(SYSTEM)] == [9]


def test_pages_work_and_strangers_see_nothing(offers: Company, client: Client) -> None:
    answered(offers, comment="Great people")
    promoter = Promoter.objects.get()
    client.force_login(offers.mark)
    assert "Great people" in client.get("/promoters/to-thank/").content.decode()
    client.post(f"/promoters/{promoter.ref}/thanks/", {"how": "call", "note": "Nice"})
    assert promoter.thanks.get().note == "Nice"
    outside = {"agrees": "yes", "next": "https://evil.example/"}
    assert client.post(f"/promoters/{promoter.ref}/reference/", outside).headers["Location"] == (
        "/promoters/"
    )
    assert client.get("/promoters/offers/").status_code == 403
    client.force_login(offers.oscar)
    assert "Great people" not in client.get("/promoters/to-thank/").content.decode()
    assert client.post(f"/promoters/{promoter.ref}/thanks/", {"how": "call"}).status_code == 404
    client.force_login(offers.alice)
    for page in ("", "to-thank/", "referrals/", "offers/"):
        assert client.get(f"/promoters/{page}").status_code == 200
    bad = client.post("/promoters/offers/", {"community": "on", "community_url": "javascript:x"})
    assert bad.status_code == 422
    assert client.post("/promoters/offers/pages/", {"name": "X", "url": "ftp"}).status_code == 422
    with pytest.raises(Forbidden):
        save_offers(actor=offers.actor("mark"), now=timezone.now(), change=ALL)


def test_programs_read_references_and_say_what_came(offers: Company, program: Programs) -> None:
    answered(offers)
    promoter, now = Promoter.objects.get(), timezone.now()
    Promoter.objects.update(reference=True, reference_at=now)
    friend = Friend(name="Jan", email="jan@mail.example", agrees=True)
    row = refer(promoter=promoter, friend=friend, now=now)
    assert row is not None
    mine = program(rights=[Right.READ_CUSTOMERS, Right.WORK_CASES])
    (reference,) = mine.get("/promoters/references").json()["items"]
    assert reference["customer"]["name"] == "Anna Kowalska"
    (listed,) = mine.get("/promoters/referrals?state=new").json()["items"]
    assert listed["sent_by"]["name"] == "Anna Kowalska"
    body = {"state": "won", "revenue": "99.50"}
    assert mine.call("PATCH", f"/promoters/referrals/{row.ref}", body).json()["state"] == "won"
    theirs = program(offers.south)
    assert theirs.get("/promoters/referrals").json()["items"] == []
    assert theirs.call("PATCH", f"/promoters/referrals/{row.ref}", body).status_code == 404
