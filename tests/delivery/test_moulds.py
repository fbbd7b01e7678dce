"""Letters filled into a mould are, byte for byte, those that rendering gives."""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from loopwell.delivery import moulds
from loopwell.delivery.letters import mail_for
from loopwell.delivery.models import Message
from loopwell.delivery.moulds import comparable, write_mail
from loopwell.delivery.transports import ready
from loopwell.surveys.models import Brand
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import TEXTS

NAMES = [
    "Ann Lee", "Ann", "", "Анна Ковальчук", "Zoë O'Hara", "Łukasz <b>Żółć</b> & co", "שרה כהן",
    'Ann "the Boss"', "{company}", "qz00xqzq", ".dot", "x" * 190, "ё" * 90,
]  # fmt: skip


def message(company: Company, name: str, language: str = "en", **fields: object) -> Message:
    texts = fields.pop("texts", TEXTS)
    asked = factories.invitation(
        customer=factories.customer(name=name),
        version=fields.pop("version", None) or factories.version(texts=texts),
        language=language,
        unit=company.north,
        **fields,
    )
    return Message(invitation=asked, purpose="invitation", to="ann@mail.example")


def same(each: Message) -> bool:
    quick, slow = write_mail(each, "Acme"), ready(mail_for(each, "Acme"))
    assert (quick.sender, quick.recipient) == (slow.sender, slow.recipient)
    return comparable(quick.raw) == comparable(slow.raw)


@pytest.mark.parametrize("language", ["en", "ru", "uk", "pl"])
def test_every_name_in_every_language(company: Company, language: str) -> None:
    version = message(company, "").invitation.version
    for name in NAMES:
        assert same(message(company, name, language, version=version)), name
    assert len(moulds.moulds_of(version)) > 3
    assert all(moulds.moulds_of(version).values()), "no mould was refused"


def test_one_mould_serves_many(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    first = message(company, "Ann Lee")
    write_mail(first, "Acme")
    rendered: list[str] = []
    monkeypatch.setattr(moulds, "mail_for", lambda *_args: rendered.append("slow"))
    for name in ("Bob Ray", "O'Hara <i>", "A B C D"):
        other = factories.invitation(
            customer=factories.customer(name=name), version=first.invitation.version
        )
        mail = write_mail(Message(invitation=other, purpose="invitation", to="b@c.example"), "Acme")
        assert mail.recipient == "b@c.example"
    assert rendered == []


def test_fields_of_the_contact(company: Company) -> None:
    words = {
        **TEXTS["en"],
        "subject": "{first_name}, your {product} at {unit} of {property.city|our town}",
        "greeting": "{property.nick} {name},\n\nyou met {employee} on {date}.",
    }
    for product, properties in (("Phone <X>", {"city": "Łódź"}), ("", {}), ("a", {"nick": "bo"})):
        given = {"product": product, "properties": properties, "employee": company.fiona}
        for name in ("ann lee", ""):
            assert same(message(company, name, texts={"en": words}, **given))


def test_with_a_logo_and_our_look(company: Company) -> None:
    import io

    from PIL import Image

    png = io.BytesIO()
    Image.new("RGB", (90, 40), "navy").save(png, "PNG")
    Brand.objects.create(
        logo=png.getvalue(), colour="#aa0000", sender_name="Żabka", reply_to="us@acme.example"
    )
    for name in NAMES:
        assert same(message(company, name))


@pytest.mark.parametrize("to", ["зоя@mail.example", "ann@пример.example", '"a b"@mail.example'])
def test_odd_addresses_are_rendered(company: Company, to: str) -> None:
    each = message(company, "Ann Lee")
    each.to = to
    try:
        expected: object = ready(mail_for(each, "Acme")).recipient
    except ValueError as error:
        expected = type(error)
    try:
        found: object = write_mail(each, "Acme").recipient
    except ValueError as error:
        found = type(error)
    assert found == expected


def test_a_mould_does_not_outlive_what_it_depends_on(company: Company, now: datetime) -> None:
    each = message(company, "Ann Lee")
    assert same(each)
    with override_settings(BASE_URL="https://other.example"):
        assert same(each)
        assert b"https://other.example/r/" in write_mail(each, "Acme").raw
    each.purpose = "reminder"
    assert same(each)
    each.invitation.expires_at = now + timedelta(days=1)
    assert b"Other Ltd" in write_mail(each, "Other Ltd").raw
