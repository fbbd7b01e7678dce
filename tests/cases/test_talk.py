"""Do notes reach those they mention, and do files come in safely and go with their case?"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from loopwell.access.enums import Role
from loopwell.cases import operations
from loopwell.cases.enums import Outcome, Result
from loopwell.cases.models import Case, File, JoinedAnswer, Presence, Remark
from loopwell.cases.operations import (
    Interview,
    add_file,
    close_case,
    delete_file,
    leave,
    look_at,
    merge_cases,
    record_attempt,
    reopen_case,
    write_remark,
)
from loopwell.cases.operations.files import LARGEST, MOST_FILES, clean_name
from loopwell.cases.queries import files_of, people_who_see, present, timeline
from loopwell.console.cases.wording import WORDS, tell
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tests.cases.conftest import Answer
from tests.conftest import NOW, Company

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture(autouse=True)
def data_folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(name: str = "bill.txt", data: bytes = b"12 euros") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_note_tells_those_it_mentions(case: Case, company: Company) -> None:
    done = write_remark(
        actor=company.actor("mark"),
        now=NOW,
        case=case,
        text="@Alice please look, @fiona too. Not @Oscar, nor me@mark.example.",
        mentions=[company.alice],
    )
    assert set(done.told) == {company.alice, company.fiona}
    assert done.unknown == ["Oscar"]
    entry = Entry.objects.get(type="case.mentioned")
    assert sorted(entry.payload["tell"]) == sorted([company.alice.pk, company.fiona.pk])
    assert entry.subject_id == case.pk
    line = tell(timeline(case)[-1])
    assert line is not None
    assert (line.words, line.detail) == ("Mark wrote a note", done.remark.text)
    assert Case.objects.get().version == 1


def test_a_note_to_nobody_tells_nobody(case: Case, company: Company) -> None:
    write_remark(actor=company.actor("mark"), now=NOW, case=case, text="Mark here: @Mark")
    assert "tell" not in Entry.objects.get(type="case.remarked").payload


def test_only_those_who_see_the_case_write_and_are_mentioned(case: Case, company: Company) -> None:
    assert set(people_who_see(case)) == {company.alice, company.mark, company.fiona}
    with pytest.raises(NotFound):
        write_remark(actor=company.actor("oscar"), now=NOW, case=case, text="Hello")
    with pytest.raises(Invalid):
        write_remark(
            actor=company.actor("mark"), now=NOW, case=case, text="Hi", mentions=[company.oscar]
        )
    with pytest.raises(Invalid):
        write_remark(actor=company.actor("mark"), now=NOW, case=case, text="  ")
    company.fiona.memberships.update(role=Role.ANALYST)
    with pytest.raises(Forbidden):
        write_remark(actor=company.actor("fiona"), now=NOW, case=case, text="Hello")
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\bills\\march.pdf", "march.pdf"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("рахунок.pdf", "рахунок.pdf"),
        (f"{'x' * 300}.png", f"{'x' * 116}.png"),
        ("...", "file"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_file_stays_below_the_data_folder_and_goes_with_its_row(
    case: Case, company: Company, data_folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    mark = company.actor("mark")
    row = add_file(actor=mark, now=NOW, case=case, upload=upload("../photo.png", PNG))
    place = data_folder / row.path
    assert place.read_bytes() == PNG
    assert row.path.startswith(f"cases/{case.ref}/")
    assert (row.name, row.media_type, row.size) == ("photo.png", "image/png", len(PNG))
    with pytest.raises(Forbidden):
        delete_file(actor=company.actor("alice"), now=NOW, file=row)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        delete_file(actor=mark, now=NOW, file=row)
    assert not place.exists()
    words = [said.words for line in timeline(case) if (said := tell(line))]
    assert words[-2:] == [
        "Mark added a file that was deleted later: photo.png",
        "Mark deleted a file: photo.png",
    ]


def test_a_customer_who_is_erased_takes_the_files_along(
    case: Case, company: Company, data_folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    row = add_file(actor=company.actor("mark"), now=NOW, case=case, upload=upload())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        case.delete()
    assert not (data_folder / row.path).exists()


def test_files_have_limits(case: Case, company: Company) -> None:
    mark = company.actor("mark")
    for bad in (upload(data=b""), upload(data=b"x" * (LARGEST + 1))):
        with pytest.raises(Invalid):
            add_file(actor=mark, now=NOW, case=case, upload=bad)
    for _each in range(MOST_FILES):
        add_file(actor=mark, now=NOW, case=case, upload=upload())
    with pytest.raises(Invalid, match="20 files"):
        add_file(actor=mark, now=NOW, case=case, upload=upload())
    assert File.objects.count() == MOST_FILES


def test_a_picture_is_one_by_its_bytes(case: Case, company: Company) -> None:
    row = add_file(
        actor=company.actor("mark"), now=NOW, case=case,
        upload=upload("evil.png", b"<svg onload=alert(1)>"),
    )  # fmt: skip
    assert row.media_type == "application/octet-stream"


def test_who_looks_is_seen_for_half_a_minute(case: Case, company: Company) -> None:
    mark, fiona = company.actor("mark"), company.actor("fiona")
    look_at(actor=fiona, now=NOW, case=case, typing=True)
    assert [(p.name, p.writing) for p in present(mark, case, NOW)] == [("Fiona", True)]
    assert present(fiona, case, NOW) == []
    later = NOW + timedelta(seconds=20)
    look_at(actor=fiona, now=later, case=case)
    after = NOW + timedelta(seconds=40)
    assert [p.writing for p in present(mark, case, after)] == [False]
    assert present(mark, case, NOW + timedelta(seconds=51)) == []
    leave(actor=fiona, case=case)
    assert not Presence.objects.exists()
    with pytest.raises(NotFound):
        look_at(actor=company.actor("oscar"), now=NOW, case=case)


@pytest.fixture
def pair(case: Case, answer: Answer) -> tuple[Case, Case]:
    """Two open cases of one customer."""
    other = Case.objects.get(response=answer(score=0, comment="Worse now."))
    Case.objects.filter(pk=other.pk).update(customer=case.customer)
    other.refresh_from_db()
    return case, other


def test_two_cases_become_one(pair: tuple[Case, Case], company: Company) -> None:
    kept, other = pair
    mark = company.actor("mark")
    record_attempt(actor=mark, now=NOW, case=other, version=1, outcome=Outcome.BUSY, note="Later")
    add_file(actor=mark, now=NOW, case=other, upload=upload())
    Case.objects.filter(pk=other.pk).update(priority=1, due_at=NOW)
    done = merge_cases(actor=mark, now=NOW, kept=kept, version=1, other=other, other_version=2)
    assert (done.priority, done.due_at, done.version) == (1, NOW, 2)
    ended = Case.objects.get(pk=other.pk)
    assert (ended.merged_into, ended.closed_at) == (kept, NOW)
    assert ended.closures.get().result == Result.MERGED
    assert JoinedAnswer.objects.get().response == other.response
    told = [said for line in timeline(kept) if (said := tell(line))]
    assert [said.words for said in told if said.of == other.ref][1] == "Mark called: Busy"
    assert "Worse now." in [said.detail for said in told]
    assert len(files_of(kept)) == 1


def test_opening_the_merged_one_again_undoes_it(pair: tuple[Case, Case], company: Company) -> None:
    kept, other = pair
    mark = company.actor("mark")
    merge_cases(actor=mark, now=NOW, kept=kept, version=1, other=other, other_version=1)
    again = reopen_case(actor=mark, now=NOW, case=other, version=2, reason="A different matter")
    assert (again.merged_into, again.closed_at) == (None, None)
    assert not JoinedAnswer.objects.exists()
    assert not [line for line in timeline(kept) if line.of]
    last = tell(timeline(kept)[-1])
    assert last is not None
    assert last.words == "A case that had been merged into this one goes on by itself again"


def test_what_cannot_be_merged(pair: tuple[Case, Case], answer: Answer, company: Company) -> None:
    kept, other = pair
    mark, stranger = company.actor("mark"), Case.objects.get(response=answer(score=1))
    for one, two in ((kept, kept), (kept, stranger)):
        with pytest.raises(Invalid):
            merge_cases(actor=mark, now=NOW, kept=one, version=1, other=two, other_version=1)
    with pytest.raises(Conflict):
        merge_cases(actor=mark, now=NOW, kept=kept, version=1, other=other, other_version=7)
    with pytest.raises(NotFound):
        merge_cases(actor=company.actor("oscar"), now=NOW, kept=kept, version=1,
                    other=other, other_version=1)  # fmt: skip
    assert Case.objects.filter(closed_at=None).count() == 3


def test_nobody_closes_a_case_as_merged(case: Case, company: Company) -> None:
    with pytest.raises(Invalid, match="Merge it"):
        close_case(
            actor=company.actor("mark"), now=NOW, case=case, version=1,
            interview=Interview(result=Result.MERGED),
        )  # fmt: skip


def test_every_entry_of_a_case_has_words() -> None:
    """Whatever operations write about a case, its page can tell."""
    written = set()
    for path in Path(operations.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        written |= {f"case.{what}" for what in re.findall(r'\bwhat="(\w+)"', text)}
        written |= set(re.findall(r'Event\(\s*"((?:case|redress|action|praise)\.\w+)"', text))
    assert len(written) > 8
    assert written - set(WORDS) == set()
