"""How is one customer or account saved: upsert, conflicts, warnings, rights?"""

from datetime import datetime

import pytest

from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden
from loopwell.people.models import Account, Customer, Property
from loopwell.people.operations import save_account, save_customer
from loopwell.people.operations.planning import State
from loopwell.people.rules.drafts import AccountDraft, CustomerDraft
from loopwell.people.rules.problems import CannotSave, IdentityConflict
from loopwell.people.rules.properties import BadPropertyName
from tests.conftest import Company


def save(company: Company, now: datetime, who: str = "alice", **values: object) -> Customer:
    draft = CustomerDraft(**values)  # type: ignore[arg-type]  # a test's shorthand
    return save_customer(actor=company.actor(who), now=now, draft=draft).thing


def test_a_customer_is_added_once_and_changed_after(company: Company, now: datetime) -> None:
    first = save(company, now, email="Anna@Mail.Example ", name="Anna", unit="N1")
    again = save(company, now, email="anna@mail.example", phone="+48 600 700 800")

    assert (again.pk, again.email, again.name, again.phone, again.unit) == (
        first.pk, "anna@mail.example", "Anna", "+48600700800", company.north,
    )  # fmt: skip
    kinds = list(Entry.objects.filter(type="customer.changed").values_list("payload", flat=True))
    assert kinds == [{"created": True}, {"created": False}]


def test_saving_the_same_again_writes_nothing(company: Company, now: datetime) -> None:
    draft = CustomerDraft(external_id="7", name="Anna", properties={"segment": "gold"})
    save_customer(actor=company.actor("alice"), now=now, draft=draft)

    saved = save_customer(actor=company.actor("alice"), now=now, draft=draft)

    assert saved.state is State.SAME
    assert Entry.objects.count() == 1
    assert [p.name for p in Property.objects.all()] == ["segment"]


def test_an_external_id_of_one_and_the_email_of_another_conflict(
    company: Company, now: datetime
) -> None:
    save(company, now, external_id="1", email="a@mail.example")
    save(company, now, external_id="2", email="b@mail.example")

    with pytest.raises(IdentityConflict):
        save(company, now, external_id="1", email="b@mail.example")
    with pytest.raises(IdentityConflict):
        save(company, now, external_id="3", email="b@mail.example")


def test_an_email_alone_later_gets_its_external_id(company: Company, now: datetime) -> None:
    first = save(company, now, email="a@mail.example")
    assert save(company, now, external_id="1", email="a@mail.example").pk == first.pk


def test_what_cannot_be_used_is_told_by_field(company: Company, now: datetime) -> None:
    with pytest.raises(CannotSave) as caught:
        save(company, now, email="nobody at home", language="Klingonese")
    assert sorted(caught.value.fields) == ["email", "language"]
    with pytest.raises(CannotSave):
        save(company, now, name="Nobody")
    with pytest.raises(BadPropertyName):
        save(company, now, external_id="1", properties={"score": "9"})
    assert Customer.objects.count() == 0


def test_a_phone_nobody_understands_is_kept_with_a_warning(company: Company, now: datetime) -> None:
    saved = save_customer(
        actor=company.actor("alice"),
        now=now,
        draft=CustomerDraft(external_id="1", phone="ask Ivan"),
    )
    assert (saved.thing.phone, [w.field for w in saved.warnings]) == ("ask Ivan", ["phone"])


def test_only_those_who_may_write_and_only_their_own_part(company: Company, now: datetime) -> None:
    with pytest.raises(Forbidden):
        save(company, now, who="mark", external_id="1", unit="N1")
    assert Customer.objects.count() == 0


def test_an_edit_changes_the_identity_and_may_clear(company: Company, now: datetime) -> None:
    customer = save(company, now, external_id="1", email="a@mail.example", phone="+48600700800")
    edit = CustomerDraft(email="b@mail.example", phone="", unit="North")

    saved = save_customer(actor=company.actor("alice"), now=now, draft=edit, customer=customer)

    customer.refresh_from_db()
    assert saved.thing.pk == customer.pk
    assert (customer.email, customer.phone, customer.external_id) == ("b@mail.example", "", "1")
    with pytest.raises(CannotSave):
        save_customer(
            actor=company.actor("alice"), now=now, customer=customer,
            draft=CustomerDraft(external_id="", email=""),
        )  # fmt: skip


def test_accounts_come_with_their_contacts(company: Company, now: datetime) -> None:
    account = AccountDraft(reference="Globex", owner="mark@acme.example")
    anna = save(company, now, external_id="1", account=account, decision_role="decides")
    bob = save(company, now, external_id="2", account=AccountDraft(reference="Globex"))

    assert anna.account == bob.account == Account.objects.get(name="Globex", owner=company.mark)
    saved = save_account(
        actor=company.actor("alice"), now=now, draft=AccountDraft(external_id="A1", name="Globex")
    )
    assert (saved.thing.pk, saved.state) == (anna.account_id, State.CHANGED)
