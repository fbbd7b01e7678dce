"""What does another system read of an event? As little as it needs: references and numbers.

Each builder says to which unit the event belongs. Answers to anonymous surveys, tests and
imported history are never told.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from loopwell.access.models import Unit
from loopwell.cases.models import Case
from loopwell.integrations.webhooks.rules import VERSION
from loopwell.journal.rules import Record
from loopwell.people.models import Account, Customer
from loopwell.responses.masking import Said, said_in_feeds
from loopwell.responses.models import Response
from loopwell.surveys.enums import ANONYMOUS


@dataclass(frozen=True)
class Told:
    """An event ready to be told; `comment` goes along only where it is wanted."""

    record: Record
    unit_path: str
    data: dict[str, Any]
    comment: str = ""

    def body(self, *, with_comments: bool) -> str:
        data = dict(self.data)
        if with_comments and self.comment:
            data["comment"] = self.comment
        return body_of(self.record.type, self.record.at.isoformat(), data)


def body_of(type_: str, at: str, data: dict[str, Any]) -> str:
    return json.dumps(
        {"type": type_, "version": VERSION, "timestamp": at, "data": data}, ensure_ascii=False
    )


def told_of(records: Sequence[Record]) -> list[Told]:
    """In a handful of queries; what is gone meanwhile is left out."""
    answers = Response.objects.select_related("customer", "account", "unit", "survey").in_bulk(
        _ids(records, "response")
    )
    cases = Case.objects.select_related(
        "customer", "account", "unit", "owner", "response__customer"
    ).in_bulk(_ids(records, "case"))
    customers = Customer.objects.select_related("unit", "account").in_bulk(
        _ids(records, "customer")
    )
    accounts = Account.objects.select_related("unit").in_bulk(_ids(records, "account"))
    said = said_in_feeds()
    found = []
    for record in records:
        told: Told | None = None
        if answer := _of(record, "response", answers):
            told = _answer(record, answer, said)
        elif case := _of(record, "case", cases):
            told = _case(record, case, said)
        elif customer := _of(record, "customer", customers):
            told = Told(record, _path(customer.unit), {"customer": _person(customer)})
        elif account := _of(record, "account", accounts):
            told = Told(record, _path(account.unit), {"account": _account(account)})
        if told is not None:
            found.append(told)
    return found


def _ids(records: Iterable[Record], subject: str) -> set[int]:
    return {record.subject_id for record in records if record.subject == subject}


def _of(record: Record, subject: str, rows: dict[int, Any]) -> Any:
    return rows.get(record.subject_id) if record.subject == subject else None


def _answer(record: Record, answer: Response, said: Said) -> Told | None:
    hidden = answer.is_test or answer.kind in ANONYMOUS or record.payload.get("imported")
    if hidden:
        return None
    data = {
        "response": {
            "ref": answer.ref,
            "score": answer.score,
            "survey": answer.survey.ref,
            "touchpoint": answer.touchpoint,
            "answered_at": answer.answered_at.isoformat(),
        },
        "customer": _person(answer.customer),
        "account": _account(answer.account),
        "unit": _unit(answer.unit),
    }
    return Told(record, _path(answer.unit), data, said(answer, answer.comment))


def _case(record: Record, case: Case, said: Said) -> Told:
    data = {
        "case": {
            "ref": case.ref,
            "score": case.score,
            "opened_at": case.opened_at.isoformat(),
            "due_at": case.due_at.isoformat(),
            "closed_at": case.closed_at.isoformat() if case.closed_at else None,
            "owner": case.owner.email if case.owner else None,
        },
        "response": {"ref": case.response.ref} if case.response else None,
        "customer": _person(case.customer),
        "account": _account(case.account),
        "unit": _unit(case.unit),
    }
    answer = case.response
    comment = said(answer, answer.comment) if answer else ""
    return Told(record, _path(case.unit), data, comment)


def _person(customer: Customer | None) -> dict[str, Any] | None:
    """No name, no address: whoever may know them asks the API."""
    return {"ref": customer.ref, "external_id": customer.external_id} if customer else None


def _account(account: Account | None) -> dict[str, Any] | None:
    return {"ref": account.ref, "external_id": account.external_id} if account else None


def _unit(unit: Unit | None) -> dict[str, Any] | None:
    return {"ref": unit.ref, "external_id": unit.external_id} if unit else None


def _path(unit: Unit | None) -> str:
    return unit.path if unit else ""
