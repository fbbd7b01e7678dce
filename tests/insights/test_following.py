"""Do facts follow what happens, however often they are told?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from loopwell.access.enums import UnitKind
from loopwell.access.operations import change_unit, create_unit, move_unit
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.insights.checking import Compared, check
from loopwell.insights.operations import heal, rebuild, refresh, start_check, start_rebuild
from loopwell.insights.queries import lag
from loopwell.insights.questions import Filters, Question, ask, ask_one
from loopwell.insights.warehouse import WarehouseUnavailable, close_warehouse, warehouse
from loopwell.jobs.models import Job
from loopwell.jobs.queries import job_by_ref
from loopwell.jobs.running import run_all
from loopwell.journal.models import Cursor
from loopwell.journal.operations import append
from loopwell.journal.queries import parked
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden
from loopwell.people.models import Property
from loopwell.responses.models import Response
from loopwell.responses.operations import record_response
from loopwell.responses.rules import Answer
from tests import factories
from tests.conftest import NOW, Company

Build = Callable[[], int]


def _told(response: Response, kind: str = "response.recorded") -> None:
    append(actor=SYSTEM, now=NOW, events=[Event(kind, "response", response.pk)])
    consume_all(now=NOW)


@pytest.mark.usefixtures("engine")
def test_an_answer_becomes_a_fact_and_marks_its_invitation(company: Company) -> None:
    asked = factories.invitation(unit=company.north)
    append(actor=SYSTEM, now=NOW, events=[Event("invitation.sent", "invitation", asked.pk)])
    consume_all(now=NOW)
    alice = company.actor("alice")
    assert ask_one(Question("response_rate"), alice).value == 0.0
    record_response(actor=SYSTEM, invitation_ref=asked.ref, answer=Answer(9), now=NOW)
    consume_all(now=NOW)
    assert ask_one(Question("nps"), alice).value == 100.0
    assert ask_one(Question("response_rate"), alice).value == 100.0
    assert lag(NOW).waiting == 0


@pytest.mark.usefixtures("engine")
def test_the_same_entry_again_changes_nothing(company: Company) -> None:
    answer = factories.response(unit=company.north)
    for _repeat in range(3):
        _told(answer)
    refresh({"response": {answer.pk}}, NOW)
    assert ask_one(Question("answers"), company.actor("alice")).n == 1


@pytest.mark.usefixtures("engine")
def test_a_change_replaces_and_a_deletion_takes_away(company: Company) -> None:
    answer = factories.response(unit=company.north, score=9)
    _told(answer)
    Response.objects.filter(pk=answer.pk).update(score=2)
    _told(answer, "response.changed")
    alice = company.actor("alice")
    assert ask_one(Question("nps"), alice).value == -100.0
    gone = answer.pk
    answer.delete()
    refresh({"response": {gone}}, NOW)
    assert ask_one(Question("answers"), alice).n == 0


@pytest.mark.usefixtures("engine")
def test_a_property_declared_later_becomes_a_column(company: Company, built: Build) -> None:
    old = factories.response(unit=company.north, properties={"tariff": "S"})
    _told(old)
    alice = company.actor("alice")
    assert [r.key for r in ask(Question("nps", by=("property:tariff",)), alice)] == [(None,)]
    Property.objects.create(name="tariff", label="Tariff")
    _told(factories.response(unit=company.north, properties={"tariff": "XL"}))
    wanted = Question("nps", filters=Filters(properties=(("tariff", "XL"),)))
    assert ask_one(wanted, alice).n == 1
    built()
    rows = ask(Question("nps", by=("property:tariff",)), alice)
    assert [row.key for row in rows] == [("S",), ("XL",)]


@pytest.mark.usefixtures("engine")
def test_older_answers_show_a_property_declared_later(company: Company) -> None:
    _told(factories.response(unit=company.north, properties={"tariff": "S"}))
    Property.objects.create(name="tariff", label="Tariff")
    heal(NOW)  # no answer has come since
    heal(NOW)
    run_all(NOW)
    rows = ask(Question("nps", by=("property:tariff",)), company.actor("alice"))
    assert [row.key for row in rows] == [("S",)]
    assert Job.objects.filter(kind="insights.rebuild").count() == 1


@pytest.mark.usefixtures("engine")
def test_facts_follow_a_unit_that_moves_or_changes_its_clock(company: Company) -> None:
    alice, mark = company.actor("alice"), company.mark
    team = create_unit(actor=SYSTEM, name="Team", parent=company.south, kind=UnitKind.TEAM)
    late = datetime(2026, 2, 28, 20, 0, tzinfo=UTC)  # already March in Tokyo
    _told(factories.response(unit=team, answered_at=late))
    assert ask_one(Question("answers"), actor_for(mark)).n == 0
    move_unit(actor=alice, now=NOW, unit=team, parent=company.north)
    change_unit(
        actor=alice, now=NOW, unit=company.north, name="North", kind=UnitKind.BRANCH,
        time_zone="Asia/Tokyo",
    )  # fmt: skip
    consume_all(now=NOW)
    run_all(NOW)
    rows = ask(Question("answers", grain="month"), actor_for(mark))
    assert [(row.key, row.n) for row in rows] == [((date(2026, 3, 1),), 1)]
    made = Job.objects.count()
    Cursor.objects.filter(consumer="insights").update(xid=0, entry_id=0)
    consume_all(now=NOW)
    assert Job.objects.count() == made


def test_a_renamed_unit_rebuilds_nothing(company: Company) -> None:
    alice = company.actor("alice")
    change_unit(actor=alice, now=NOW, unit=company.north, name="N", kind=UnitKind.BRANCH)
    consume_all(now=NOW)
    assert not Job.objects.exists()


@pytest.mark.usefixtures("engine")
def test_rebuilding_gives_the_same_and_can_be_repeated(company: Company, built: Build) -> None:
    for score in range(11):
        _told(factories.response(unit=company.north, score=score, opens_case=False))
    alice = company.actor("alice")
    followed = ask(Question("nps", by=("score",)), alice)
    assert built() == 11
    assert built() == 11
    assert ask(Question("nps", by=("score",)), alice) == followed
    assert all(each.agrees for each in check(SYSTEM))
    Response.objects.filter(score=0).delete()
    wrong = {each.table for each in check(SYSTEM) if not each.agrees}
    assert wrong == {"answers"}


@pytest.mark.usefixtures("engine")
def test_a_broken_rebuild_leaves_the_old_facts(
    company: Company, built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.response(unit=company.north)
    built()

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr("loopwell.insights.operations.load", broken)
        with pytest.raises(RuntimeError):
            built()
    assert ask_one(Question("answers"), company.actor("alice")).n == 1
    assert built() == 1


def test_a_missing_warehouse_parks_nothing_and_catches_up(
    company: Company, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = factories.response(unit=company.north)

    def down(*args: object, **kwargs: object) -> None:
        raise WarehouseUnavailable("the disk is gone")

    with monkeypatch.context() as patched:
        patched.setattr("loopwell.insights.operations.warehouse", down)
        for minutes in range(0, 40, 5):
            append(actor=SYSTEM, now=NOW, events=[Event("case.closed", "case", 1)])
            consume_all(now=NOW + timedelta(minutes=minutes))
        _told(answer)
    assert not parked()
    consume_all(now=NOW + timedelta(hours=2))
    assert ask_one(Question("answers"), company.actor("alice")).n == 1


def test_a_file_that_another_process_holds_is_said_so(tmp_path: object, settings: object) -> None:
    import subprocess
    import sys

    path = f"{tmp_path}/facts.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb; c=duckdb.connect({path!r}); "
         "print('held', flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    settings.WAREHOUSE_URL = f"duckdb://{path}"  # type: ignore[attr-defined]  # pytest-django's
    with pytest.raises(WarehouseUnavailable, match="held by another process"):
        warehouse(patience=0)
    holder.communicate(b"\n")
    assert warehouse(patience=5).read("SELECT COUNT(*) FROM answers") == [(0,)]


def test_an_empty_warehouse_heals_itself(company: Company) -> None:
    _told(factories.response(unit=company.north, opens_case=False))
    rebuild(actor=SYSTEM, now=NOW, progress=lambda *_: None)
    assert heal(NOW) is None
    close_warehouse()  # the file is lost: it lived in memory
    alice = company.actor("alice")
    assert ask_one(Question("answers"), alice).n == 0
    first, again = heal(NOW), heal(NOW)
    assert first is not None
    assert first == again
    run_all(NOW)
    assert ask_one(Question("answers"), alice).n == 1
    assert heal(NOW) is None


def test_check_and_rebuild_run_as_jobs_too(company: Company) -> None:
    factories.response(unit=company.north, score=7)
    alice = company.actor("alice")
    build, compare = start_rebuild(actor=alice, now=NOW), start_check(actor=alice, now=NOW)
    run_all(NOW)
    assert job_by_ref(build.ref).result == {"facts": 1}
    told = [Compared.from_json(each) for each in job_by_ref(compare.ref).result["tables"]]
    assert {c.table: (c.truth, c.warehouse, c.agrees) for c in told} == {
        "answers": (1, 1, True), "ratings": (0, 0, True), "mentions": (0, 0, True),
        "invitations": (0, 0, True), "cases": (0, 0, True),
    }  # fmt: skip
    with pytest.raises(Forbidden):
        start_rebuild(actor=company.actor("mark"), now=NOW)
