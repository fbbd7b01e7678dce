"""Do answers given elsewhere come in once, on the right scale, with their facts?"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from loopwell.calc.scales import Scale
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.journal.models import Entry
from loopwell.journal.queries import as_record
from loopwell.people.enums import UploadKind
from loopwell.people.models import Customer, Upload
from loopwell.people.operations import start_import, start_trial
from loopwell.people.rules.fields import guess_mapping
from loopwell.responses.historic.fields import ANSWER_FIELDS
from loopwell.responses.historic.reading import score_on_ten
from loopwell.responses.models import Response, Revision
from loopwell.surveys.models import Survey
from tests import factories
from tests.conftest import Company
from tests.shared_data import shared_data

HEADER = "id,score,date,why,client,branch\n"
MAPPING = {
    "answer_id": "id", "score": "score", "answered_at": "date", "comment": "why",
    "customer_id": "client", "unit": "branch",
}  # fmt: skip


def upload(company: Company, path: Path, mapping: dict[str, str], **options: Any) -> Upload:
    return Upload.objects.create(
        kind=UploadKind.ANSWERS,
        filename=path.name,
        path=str(path),
        mapping=mapping,
        options=options,
        created_by=company.alice,
    )


def bring(company: Company, now: datetime, given: Upload, *, write: bool = True) -> dict[str, Any]:
    start = start_import if write else start_trial
    job = start(actor=company.actor("alice"), now=now, upload=given)
    run_all(now + timedelta(minutes=1))
    done = Job.objects.get(ref=job.ref)
    assert not done.error
    given.refresh_from_db()
    return dict(given.result if write else given.trial)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(
        HEADER
        + "1,10,2025-03-01 09:30,Great,C1,North\n"
        + "2,3,2025-03-02,Slow 🐢,C2,N1\n"
        + "3,11,2025-03-03,,C3,North\n"
        + "4,8,2099-01-01,,C4,North\n"
        + "5,7,2025-03-05,,C1,Nowhere\n"
        + "6,9,2025-03-06,,,South\n"
    )
    return path


def test_a_trial_changes_nothing_and_foretells_the_import(
    company: Company, now: datetime, answers: Path
) -> None:
    given = upload(company, answers, MAPPING)
    trial = bring(company, now, given, write=False)
    assert (Response.objects.count(), Customer.objects.count(), Survey.objects.count()) == (0, 0, 0)
    assert trial["counts"] == {"new": 3, "changed": 0, "same": 0, "refused": 3}

    result = bring(company, now, given)

    assert (result["counts"], result["extra"]) == (trial["counts"], trial["extra"])
    assert result["extra"] == {"surveys": 1, "customers": 2}


def test_an_answer_keeps_its_facts(company: Company, now: datetime, answers: Path) -> None:
    bring(company, now, upload(company, answers, MAPPING))

    first = Response.objects.get(score=10)
    assert first.customer is not None
    assert (first.comment, first.customer.external_id, first.unit) == ("Great", "C1", company.north)
    assert first.answered_at.isoformat() == "2025-03-01T09:30:00+00:00"
    assert (first.source, first.opens_case) == ("import", False)
    assert Response.objects.get(score=9).customer is None
    told = Entry.objects.get(type="responses.imported")
    assert as_record(told, 0).ids == sorted(Response.objects.values_list("pk", flat=True))


def test_answers_that_may_open_cases_are_told_one_by_one(
    company: Company, now: datetime, answers: Path
) -> None:
    bring(company, now, upload(company, answers, MAPPING, opens_cases=True))

    recorded = Entry.objects.filter(type="response.recorded")
    assert [e.payload for e in recorded] == [{"imported": True}] * 3
    assert not Entry.objects.filter(type="responses.imported").exists()


def test_the_same_file_again_changes_nothing(
    company: Company, now: datetime, answers: Path
) -> None:
    bring(company, now, upload(company, answers, MAPPING))
    entries = Entry.objects.count()
    survey = Survey.objects.get()

    again = bring(company, now, upload(company, answers, MAPPING, survey_ref=survey.ref))

    assert again["counts"] == {"new": 0, "changed": 0, "same": 3, "refused": 3}
    assert (Response.objects.count(), Entry.objects.count()) == (3, entries)


def test_a_corrected_score_replaces_and_history_stays(
    company: Company, now: datetime, answers: Path
) -> None:
    bring(company, now, upload(company, answers, MAPPING))
    answers.write_text(HEADER + "2,9,2025-03-02,Sorry,C2,N1\n")

    again = bring(
        company, now, upload(company, answers, MAPPING, survey_ref=Survey.objects.get().ref)
    )

    assert again["counts"]["changed"] == 1
    assert list(Revision.objects.values_list("score", "comment")) == [(3, "Slow 🐢")]
    assert Response.objects.filter(score=9, comment="Sorry").exists()


def test_rows_alike_without_an_id_are_different_answers_each_once(
    company: Company, now: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("score,branch\n9,North\n9,North\n3,North\n")
    mapping = {"score": "score", "unit": "branch"}
    bring(company, now, upload(company, path, mapping))
    again = upload(company, path, mapping, survey_ref=Survey.objects.get().ref)
    Upload.objects.filter(pk=again.pk).update(created_at=now - timedelta(days=400))
    again.refresh_from_db()
    assert bring(company, now, again)["counts"]["same"] == 3
    assert Response.objects.count() == 3


def test_a_known_customer_is_not_moved_by_an_old_answer(
    company: Company, now: datetime, answers: Path
) -> None:
    who = factories.customer(external_id="C1", unit=company.south, properties={"segment": "gold"})
    bring(company, now, upload(company, answers, MAPPING))
    who.refresh_from_db()
    answer = Response.objects.get(score=10)
    assert (who.unit, answer.unit, answer.customer) == (company.south, company.north, who)
    assert answer.properties == {"segment": "gold"}


def test_long_and_odd_ids_are_each_their_own(
    company: Company, now: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    ids = ["é" * 90, "é" * 90 + "!", "a:b", "🙂", "x" * 60, "x" * 61]
    path.write_text("id,score\n" + "".join(f"{each},9\n" for each in ids))
    mapping = {"answer_id": "id", "score": "score"}

    assert bring(company, now, upload(company, path, mapping))["counts"]["new"] == len(ids)
    assert bring(company, now, upload(company, path, mapping))["counts"]["same"] == len(ids)


PEOPLE = {"answer_id": "id", "score": "score", "customer_id": "client", "customer_email": "mail",
          "unit": "branch"}  # fmt: skip


def test_one_person_in_many_answers_is_made_once_with_what_the_last_one_says(
    company: Company, now: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "id,score,client,mail,branch\n"
        "1,9,C1,,North\n2,8,C1,one@x.example,\n3,7,,two@x.example,South\n"
        "4,6,,TWO@x.example,Nowhere\n5,5,,,North\n"
    )
    result = bring(company, now, upload(company, path, PEOPLE))

    assert (result["counts"]["new"], result["counts"]["refused"]) == (4, 1)
    assert result["extra"]["customers"] == 2
    found = Customer.objects.order_by("email").values_list("external_id", "email", "unit__name")
    assert list(found) == [("C1", "one@x.example", "North"), (None, "two@x.example", "South")]
    told = [as_record(each, 0) for each in Entry.objects.filter(type="customers.imported")]
    assert sorted(number for each in told for number in each.ids) == sorted(
        Customer.objects.values_list("pk", flat=True)
    )
    assert bring(company, now, upload(company, path, PEOPLE))["counts"]["same"] == 4
    assert Customer.objects.count() == 2


def test_an_address_under_two_ids_is_one_persons_and_the_other_row_is_refused(
    company: Company, now: datetime, tmp_path: Path
) -> None:
    known = factories.customer(external_id="K", email="known@x.example", unit=company.north)
    path = tmp_path / "clash.csv"
    path.write_text(
        "id,score,client,mail,branch\n1,9,A,same@x.example,\n2,8,B,same@x.example,\n"
        "3,7,Z,known@x.example,\n4,6,K,new@x.example,\n"
    )
    result = bring(company, now, upload(company, path, PEOPLE))

    assert (result["counts"]["new"], result["counts"]["refused"]) == (2, 2)
    assert [each["row"] for each in result["examples"]] == [3, 4]
    known.refresh_from_db()
    assert known.email == "new@x.example"
    assert sorted(Customer.objects.values_list("external_id", flat=True)) == ["A", "K"]


def test_unknown_people_stay_anonymous_where_none_shall_be_made(
    company: Company, now: datetime, answers: Path
) -> None:
    given = upload(company, answers, MAPPING, creates_customers=False)

    assert "customers" not in bring(company, now, given)["extra"]
    assert not Customer.objects.exists()
    assert set(Response.objects.values_list("customer", flat=True)) == {None}


def test_dates_in_mixed_order_are_not_guessed_unless_told(
    company: Company, now: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text("score;date\n9;13/02/2025\n9;02/13/2025\n9;03/04/2025\n")
    mapping = {"score": "score", "answered_at": "date"}
    result = bring(company, now, upload(company, path, mapping), write=False)
    assert result["counts"]["new"] == 2
    assert [e["value"] for e in result["examples"]] == ["03/04/2025"]

    forced = bring(company, now, upload(company, path, mapping, date_order="dmy"), write=False)
    assert forced["counts"]["new"] == 2
    assert [e["value"] for e in forced["examples"]] == ["02/13/2025"]


@pytest.mark.parametrize("scale", list(Scale))
def test_every_mark_keeps_its_category(scale: Scale) -> None:
    for mark in scale.marks:
        assert Scale.ZERO_TO_TEN.category(score_on_ten(mark, scale)) == scale.category(mark)


def test_five_marks_keep_the_original(company: Company, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "five.csv"
    path.write_text("score,branch\n1,North\n5,North\n")
    bring(company, now, upload(company, path, {"score": "score"}, scale="5-1"))
    found = dict(Response.objects.values_list("score", "properties"))
    assert found == {
        10: {"original_score": "1", "original_scale": "5-1"},
        0: {"original_score": "5", "original_scale": "5-1"},
    }


def test_botanic_comes_in_whole(company: Company, now: datetime) -> None:
    path = shared_data("botanic/nps.csv")
    mapping = {
        "answer_id": "id", "score": "nps", "comment": "explication",
        "property.visits": "NbPassageKS", "property.basket": "CaTicket",
    }  # fmt: skip
    given = upload(company, path, mapping, scale="1-10", answered_on="2015-06-01")

    result = bring(company, now, given)

    assert result["counts"] == {"new": 13_612, "changed": 0, "same": 0, "refused": 342}
    assert result["reasons"] == {"no score": 342}
    assert Response.objects.filter(comment__contains="délai d'attente").exists()
    promoters = Response.objects.filter(score__gte=9).count()
    detractors = Response.objects.filter(score__lte=6).count()
    assert round(100 * (promoters - detractors) / 13_612, 2) == 53.42


def test_the_columns_of_usual_exports_are_recognized() -> None:
    skytrax = guess_mapping(ANSWER_FIELDS, ["airline_name", "date", "content", "overall_rating"])
    assert (skytrax["score"], skytrax["comment"]) == ("overall_rating", "content")
    nhs = guess_mapping(ANSWER_FIELDS, ["Comment ID", "FFT categorical answer", "FFT answer"])
    assert (nhs["score"], nhs["comment"]) == ("FFT categorical answer", "FFT answer")
