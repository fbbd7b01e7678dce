"""The command line: what is used, what is refused, and with which exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.report.conftest import Run

Answers = Callable[[str], Path]
HUNDRED = "score,region\n" + "10,North\n" * 60 + "3,South\n" * 40


def test_json_keys_and_numbers(report: Run, answers: Answers) -> None:
    found = report(answers(HUNDRED), "--score", "score", "--by", "region", "--json")

    data = found.json
    required = "rows used rejected nps low high promoters passives detractors by trend drivers"
    assert list(data)[:12] == required.split()
    assert (data["nps"], data["trend"], data["drivers"]) == (20.0, [], [])
    north, south = data["by"]["region"]
    assert list(north) == ["value", "n", "nps", "low", "high", "p"]
    assert (north["value"], north["n"], north["nps"]) == ("North", 60, 100.0)
    assert (south["value"], south["n"], south["nps"]) == ("South", 40, -100.0)
    assert north["high"] == 100.0
    assert north["p"] < 0.001
    assert found.err == ""


def test_every_reject_is_counted_by_reason_and_written_with_its_row(
    report: Run, answers: Answers, tmp_path: Path
) -> None:
    rejects = tmp_path / "rejects.csv"
    path = answers(
        "score,why\n9,ok\n11,too much\n7.5,half\nNA,missing\nten,word\n8\n7,a,b\n"
        '"10 - very likely",x\n'
    )
    found = report(path, "--score", "score", "--scale", "0-10", "--json", "--rejects", rejects)

    assert (found.json["rows"], found.json["used"], found.json["rejected"]) == (8, 2, 6)
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rejects.read_text(encoding="utf-8-sig").splitlines() == [
        "row,reason,score,why",
        "3,the score is outside 0 to 10,11,too much",
        "4,the score is not a whole number,7.5,half",
        "5,no score,NA,missing",
        "6,the score is not a number,ten,word",
        "7,too few fields in the row,8",
        "8,too many fields in the row,7,a,b",
    ]


def test_rejects_are_safe_to_open_in_a_spreadsheet(
    report: Run, answers: Answers, tmp_path: Path
) -> None:
    rejects = tmp_path / "rejects.csv"
    path = answers(
        'score,why,change\n9,ok,1\nNA,=HYPERLINK(1),-5\nNA,+1 great,"+3,5"\n'
        "NA,@SUM(A1),-\nNA,-2+3,x\n"
    )
    report(path, "--score", "score", "--rejects", rejects)
    assert [line.split(",", 3)[3] for line in rejects.read_text("utf-8-sig").splitlines()[1:]] == [
        "'=HYPERLINK(1),-5", "'+1 great,\"+3,5\"", "'@SUM(A1),'-", "'-2+3,x",
    ]  # fmt: skip


def test_unknown_column_suggests_the_nearest(report: Run, answers: Answers) -> None:
    found = report(answers(HUNDRED), "--score", "scroe")
    assert (found.code, found.out) == (2, "")
    assert "no column “scroe”. Did you mean “score”?" in found.err
    assert "Its columns: “score”, “region”" in report(answers(HUNDRED), "--score", "zzz").err


def test_columns_are_found_whatever_their_case_and_spaces(report: Run, answers: Answers) -> None:
    path = answers('"How likely\nto recommend",x\n9,1\n10,2\n')
    assert report(path, "--score", "how likely to  Recommend", "--json").json["used"] == 2


def test_without_score_it_proposes_and_stops(report: Run, answers: Answers) -> None:
    path = answers(
        "id,Weiterempfehlung,grade\n" + "".join(f"{i},{i % 11},{i % 6}\n" for i in range(99))
    )
    found = report(path)
    assert (found.code, found.out) == (2, "")
    assert "probably “Weiterempfehlung”: its name speaks of recommending" in found.err
    assert f"loopwell report {path} --score Weiterempfehlung --scale 0-10" in found.err


def test_nothing_to_propose(report: Run, answers: Answers) -> None:
    found = report(answers("name,city\nAnn,Oslo\nBob,Bergen\n"))
    assert found.code == 2
    assert "No column holds whole numbers from 0 to 10" in found.err


def test_an_undeclared_scale_of_five_is_not_guessed(report: Run, answers: Answers) -> None:
    path = answers("stars\n" + "5\n4\n1\n" * 20)
    found = report(path, "--score", "stars")
    assert found.code == 2
    assert "--scale 1-5 (5 is best), --scale 5-1 (1 is best)" in found.err
    assert report(path, "--score", "stars", "--scale", "1-5", "--json").json["promoters"] == 20
    assert report(path, "--score", "stars", "--scale", "5-1", "--json").json["detractors"] == 40


def test_no_usable_row_is_exit_code_1(report: Run, answers: Answers) -> None:
    found = report(answers("score\nNA\n11\n"), "--score", "score")
    assert (found.code, found.out) == (1, "")
    assert "None of the 2 rows can be used" in found.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--score", "score", "--out", "answers.csv"), "would write over the file that is read"),
        (("--score", "score", "--out", "nowhere/report.html"), "its folder does not exist"),
        (("--score", "score", "--rejects", "."), "cannot be written"),
        (("--score", "score", "--driver", "score"), "is the score itself"),
        (("--score", "score", "--encoding", "utf-99"), "no encoding “utf-99”"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_how_to_mend_it(
    report: Run, answers: Answers, monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...], message: str,
) -> None:  # fmt: skip
    path = answers(HUNDRED)
    monkeypatch.chdir(path.parent)
    found = report(path.name, *words)
    assert (found.code, found.out) == (2, "")
    assert message in found.err
    assert path.read_text(encoding="utf-8") == HUNDRED


def test_a_missing_file(report: Run, tmp_path: Path) -> None:
    found = report(tmp_path / "none.csv", "--score", "x")
    assert (found.code, found.err) == (
        2,
        f"loopwell report: There is no file {tmp_path}/none.csv.\n",
    )


def test_xlsx(report: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [["score", "on"], [10, "25/12/2025"], [9, "03/01/2026"], [0, "04/01/2026"]]:
        book.active.append(row)
    book.save(tmp_path / "answers.xlsx")
    data = report(tmp_path / "answers.xlsx", "--score", "score", "--date", "on", "--json").json
    assert [(month["month"], month["n"]) for month in data["trend"]] == [
        ("2025-12", 1),
        ("2026-01", 2),
    ]


def test_too_few_answers_are_said_first(report: Run, answers: Answers) -> None:
    found = report(answers("score\n9\n"), "--score", "score")
    assert found.code == 0
    assert "1 answer · 95 % interval" in found.out
    assert "Only 1 answer: far too few to judge the score" in found.out


def test_small_groups_are_marked_and_not_judged(report: Run, answers: Answers) -> None:
    path = answers(HUNDRED + "0,East\n" * 29)
    data = report(path, "--score", "score", "--by", "region", "--json").json
    assert [(g["value"], g["p"] is None) for g in data["by"]["region"]] == [
        ("North", False), ("South", False), ("East", True),
    ]  # fmt: skip
    assert "29*" in report(path, "--score", "score", "--by", "region").out
    lower = report(path, "--score", "score", "--by", "region", "--min-group", "10", "--json").json
    assert lower["by"]["region"][2]["p"] is not None


def test_five_hundred_groups_are_all_in_the_json_and_few_in_the_terminal(
    report: Run, answers: Answers
) -> None:
    rows = "".join(f"{10 if i % 3 else 2},Branch {i % 500}\n" for i in range(20_000))
    path = answers("score,branch\n" + rows)
    assert (
        len(report(path, "--score", "score", "--by", "branch", "--json").json["by"]["branch"])
        == 500
    )
    terminal = report(path, "--score", "score", "--by", "branch").out
    assert terminal.count("Branch ") == 20 + terminal.count("“Branch ")
    assert "the best and worst of 500 groups are shown" in terminal


def test_a_column_of_unique_values_does_not_explode(report: Run, answers: Answers) -> None:
    path = answers("score,id\n" + "".join(f"{i % 11},c{i}\n" for i in range(30_000)))
    data = report(path, "--score", "score", "--by", "id", "--json").json
    assert len(data["by"]["id"]) == 200
    assert "“id” has 30,000 different values: only the 200 largest are shown" in data["notes"]


def test_drivers_that_are_words_are_told(report: Run, answers: Answers) -> None:
    rows = "".join(f"{i % 11},{i % 5},{'Agree' if i % 2 else 'Disagree'}\n" for i in range(200))
    data = report(answers("score,price,staff\n" + rows), "--score", "score", "--driver", "price",
                  "--driver", "staff", "--json").json  # fmt: skip
    assert [driver["name"] for driver in data["drivers"]] == ["price"]
    assert "“staff”: 200 ratings are words, not numbers, and count as gaps" in data["notes"]
    assert "“staff” is left out: it holds no numbers" in data["notes"]


def test_a_filler_on_both_sides_is_no_comment_but_a_frequent_word_is(
    report: Run, answers: Answers
) -> None:
    rows = "0,Did not answer\n0,slow\n10,Did not answer\n10,good\n" * 100
    data = report(
        answers("score,why\n" + rows), "--score", "score", "--comment", "why", "--json"
    ).json  # fmt: skip
    assert [note for note in data["notes"] if "word for word" in note] == [
        "“Did not answer” stands word for word in 50\u202f% of the comments: taken as no comment"
    ]
    assert [term["term"] for term in data["words"]] == ["slow", "good"]


def test_cells_cannot_steer_the_terminal(report: Run, answers: Answers) -> None:
    path = answers(
        "score,\x1b]0;owned\x07,why\n" + "10,\x1b[31mRed [bold]x,\x1b[2Jnice\n2,B,bad\n" * 40
    )
    found = report(path, "--score", "score", "--by", "]0;owned", "--comment", "why")
    assert found.code == 2
    assert "\x1b" not in found.err
    found = report(path, "--score", "score", "--by", "\x1b]0;owned\x07", "--comment", "why")
    assert found.code == 0
    assert "\x1b" not in found.out
    assert "[31mRed [bold]x" in found.out


def _process(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "loopwell", "report", *map(str, words)],
        capture_output=True, text=True, check=False, timeout=60,
        env={**kept, "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip


def test_as_a_process_without_any_settings(answers: Answers) -> None:
    path = answers(HUNDRED)

    plain = _process(path, "--score", "score", "--by", "region")
    as_json = _process(path, "--score", "score", "--json")
    wrong = _process(path, "--score", "score", "--scale", "1-7")

    assert plain.returncode == 0
    assert "\x1b" not in plain.stdout
    assert max(map(len, plain.stdout.splitlines())) <= 80
    assert "NPS +20.0" in plain.stdout
    assert json.loads(as_json.stdout)["nps"] == 20.0
    assert as_json.stderr == ""
    assert wrong.returncode == 2


def test_in_another_language_numbers_are_written_its_way(answers: Answers) -> None:
    found = _process(answers(HUNDRED), "--score", "score", "--language", "pl")
    assert found.returncode == 0
    assert "+20,0" in found.stdout
