"""How do the demo company's surveys, invitations and answers get in?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from loopwell.access.models import User
from loopwell.access.rules import SYSTEM
from loopwell.demo import records
from loopwell.demo.loading_people import TOUCHPOINTS, People
from loopwell.demo.loading_programmes import NAMES, Programmes, load_programmes
from loopwell.demo.passing_by import load_passing_by
from loopwell.demo.ratings import TEMPLATES, further
from loopwell.journal.models import Entry
from loopwell.kit.bulk import insert
from loopwell.people.models import Customer
from loopwell.responses.enums import Source
from loopwell.responses.models import Response
from loopwell.sampling.adopting import adopt_contacts
from loopwell.sampling.enums import Channel, ProgrammeKind
from loopwell.sampling.models import Invitation, Programme, Wave
from loopwell.sampling.snapshots import invitation_for
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.operations import create_survey, publish_version
from loopwell.surveys.questions import questions_of

WAVES = {"relationship": "Relationship", "accounts": "Business accounts"}
OPEN_FOR = timedelta(days=35)
ARRIVES_IN = timedelta(seconds=4)
TO_CALL, CALLED_FROM = 24, 2000


@dataclass(frozen=True)
class Asked:
    """Primary keys by index of the generator's tuples; surveys by programme."""

    invitations: list[int]
    responses: list[int]
    passing_by: int


def load_asked(company: records.Company, people: People) -> Asked:
    versions = {name: _survey(name, company.starts_on) for name in NAMES}
    programmes = load_programmes(company, people, versions, company.now)
    waves = _waves(company, versions, programmes)
    answered = {a.invitation_index: a for a in company.answers}
    invitations = _invitations(company, people, versions, programmes, waves, answered)
    for each in Programme.objects.filter(is_demo=True, kind=ProgrammeKind.TRANSACTIONAL):
        adopt_contacts(each, company.now)
    responses = _responses(company, people, versions, invitations)
    _to_call(company, people, versions["installation"])
    passing_by = load_passing_by(company, versions["shop-visit"])
    return Asked(invitations, responses, passing_by)


def _survey(programme: str, starts_on: date) -> Version:
    began = datetime.combine(starts_on, time(9), tzinfo=UTC)
    survey: Survey = create_survey(
        actor=SYSTEM,
        name=NAMES[programme],
        kind=SurveyKind.RELATIONSHIP if programme in WAVES else SurveyKind.TRANSACTIONAL,
        languages=["en", "ru", "uk", "pl"],
        touchpoint=TOUCHPOINTS.get(programme, ""),
        template=TEMPLATES[programme],
        now=began,
    )
    Survey.objects.filter(pk=survey.pk).update(is_demo=True)
    return publish_version(actor=SYSTEM, survey=survey, now=began)


Cycle = tuple[str, int, int]


def _cycle(each: records.Invitation) -> Cycle:
    """Programme, year and quarter."""
    return each.programme, each.sent_at.year, (each.sent_at.month + 2) // 3


def _waves(
    company: records.Company, versions: dict[str, Version], programmes: Programmes
) -> dict[Cycle, int]:
    """A cycle a quarter for each relationship programme."""
    first: dict[Cycle, datetime] = {}
    chosen: Counter[Cycle] = Counter()
    for each in company.invitations:
        if each.programme in WAVES:
            key = _cycle(each)
            first[key] = min(first.get(key, each.sent_at), each.sent_at)
            chosen[key] += 1
    sender = User.objects.filter(memberships__role="programme", is_demo=True).first()
    made = Wave.objects.bulk_create(
        Wave(
            name=f"{WAVES[programme]} {year} Q{quarter}",
            programme_id=programmes.by_name[programme],
            version=versions[programme],
            seed=year * 100 + quarter,
            is_demo=True,
            created_by=sender,
            created_at=at,
            launched_at=at,
            ends_at=at + timedelta(days=91),
            chosen=chosen[programme, year, quarter],
            reminders=[],  # what was to be reminded has been
        )
        for (programme, year, quarter), at in sorted(first.items())
    )
    return dict(zip(sorted(first), (wave.pk for wave in made), strict=True))


def _invitations(
    company: records.Company,
    people: People,
    versions: dict[str, Version],
    programmes: Programmes,
    waves: dict[Cycle, int],
    answered: dict[int, records.Answer],
) -> list[int]:
    columns = (
        "wave_id",
        "programme_id",
        "version_id",
        "customer_id",
        "interaction_id",
        "language",
        "unit_id",
        "employee_id",
        "account_id",
        "owner_id",
        "touchpoint",
        "product",
        "properties",
        "planned_at",
        "sent_at",
        "delivered_at",
        "opened_at",
        "started_at",
        "reminded_at",
        "reminders_sent",
        "answered_at",
        "bounced_at",
        "declined_at",
        "expires_at",
    )

    def rows() -> Iterator[tuple[Any, ...]]:
        seen: set[tuple[int, int]] = set()
        for index, each in enumerate(company.invitations):
            wave = waves.get(_cycle(each))
            if wave is not None:
                once = (wave, each.customer_index)
                wave = None if once in seen else wave
                seen.add(once)
            account = company.customers[each.customer_index].account_index
            answer = answered.get(index)
            met = each.interaction_index
            yield (
                wave,
                programmes.by_name[each.programme],
                versions[each.programme].pk,
                people.customers[each.customer_index],
                None if met is None else people.interactions[met],
                each.language,
                people.units[each.unit],
                people.employees[each.employee] if each.employee else None,
                None if account is None else people.accounts[account],
                None if account is None else people.employees[company.accounts[account].owner],
                TOUCHPOINTS.get(each.programme, ""),
                "" if met is None else company.interactions[met].product,
                people.properties[each.customer_index],
                each.sent_at,
                each.sent_at,
                None if each.status == "bounced" else each.sent_at + ARRIVES_IN,
                each.opened_at,
                answer.answered_at if answer else None,
                each.reminded_at,
                0 if each.reminded_at is None else 1,
                answer.answered_at if answer else None,
                each.sent_at if each.status == "bounced" else None,
                each.sent_at if each.status == "unsubscribed" else None,
                each.sent_at + OPEN_FOR,
            )

    return insert(Invitation, columns, rows())


def _responses(
    company: records.Company,
    people: People,
    versions: dict[str, Version],
    invitations: list[int],
) -> list[int]:
    columns = (
        "invitation_id",
        "survey_id",
        "version_id",
        "kind",
        "touchpoint",
        "customer_id",
        "interaction_id",
        "unit_id",
        "employee_id",
        "account_id",
        "properties",
        "score",
        "comment",
        "contact_consent",
        "answers",
        "product",
        "language",
        "source",
        "answered_at",
        "updated_at",
        "created_at",
    )

    luck = Random(23)  # noqa: S311 an invented company
    questions = {name: questions_of(version) for name, version in versions.items()}

    def rows() -> Iterator[tuple[Any, ...]]:
        for answer in company.answers:
            asked = company.invitations[answer.invitation_index]
            version = versions[asked.programme]
            account = company.customers[answer.customer_index].account_index
            met = asked.interaction_index
            transactional = asked.programme not in WAVES
            yield (
                invitations[answer.invitation_index],
                version.survey_id,
                version.pk,
                (SurveyKind.TRANSACTIONAL if transactional else SurveyKind.RELATIONSHIP).value,
                TOUCHPOINTS.get(asked.programme, ""),
                people.customers[answer.customer_index],
                None if met is None else people.interactions[met],
                people.units[asked.unit],
                people.employees[asked.employee] if asked.employee else None,
                None if account is None else people.accounts[account],
                people.properties[answer.customer_index],
                answer.score,
                answer.comment,
                answer.may_contact,
                further(
                    questions[asked.programme], score=answer.score, causes=answer.causes, luck=luck
                ),
                "" if met is None else company.interactions[met].product,
                answer.language,
                Source.EMAIL.value,
                answer.answered_at,
                answer.commented_at or answer.answered_at,
                answer.answered_at,
            )

    made = insert(Response, columns, rows())
    insert(
        Entry,
        ("type", "at", "actor", "subject", "subject_id", "payload"),
        (
            ("response.recorded", answer.answered_at, "customer", "response", pk, {})
            for pk, answer in zip(made, company.answers, strict=True)
        ),
    )
    return made


def _to_call(company: records.Company, people: People, version: Version) -> None:
    """A few customers are asked by the call centre, so that callers find somebody to call."""
    wave = Wave.objects.create(
        name="By phone: after an installation",
        version=version,
        seed=1,
        channel=Channel.PHONE,
        filter={"kind": "consumers"},
        reminders=[],
        is_demo=True,
        created_at=company.now,
        launched_at=company.now,
    )
    callable_now = Customer.objects.filter(
        pk__in=people.customers[:CALLED_FROM], account=None
    ).exclude(phone="")
    Invitation.objects.bulk_create(
        invitation_for(
            customer,
            version,
            now=company.now,
            expires_at=company.now + OPEN_FOR,
            wave=wave,
            channel=Channel.PHONE,
        )
        for customer in callable_now.select_related("account", "unit")[:TO_CALL]
    )
    wave.chosen = wave.invitations.count()
    wave.save(update_fields=["chosen"])
