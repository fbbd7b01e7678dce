"""Does `pip install .` alone, without anything the tests need, give a working product?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(os.environ.get("LOOPWELL_DATABASE_URL")), reason="ran with the SQLite half already"
    ),
]

EVERYTHING = """
import importlib, os, pkgutil
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "loopwell.config.settings"
django.setup()
import loopwell
starts = ("loopwell.__main__", "loopwell.config.serving")
extra = ("loopwell.insights.warehouse.clickhouse",)  # needs loopwell[clickhouse]
for module in pkgutil.walk_packages(loopwell.__path__, "loopwell."):
    if module.name not in starts + extra:
        importlib.import_module(module.name)
from loopwell.access.rules import SYSTEM
from loopwell.insights.questions import Question, ask_one
print("asked", ask_one(Question("nps"), SYSTEM).n)
"""


def run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=environment.pop("cwd", None), check=False,
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_plain_install_migrates_reports_and_answers_questions(tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    python = tmp_path / "venv/bin/python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ROOT)
    (tmp_path / "answers.csv").write_text("score\n9\n10\n3\n", encoding="utf-8")
    loopwell = tmp_path / "venv/bin/loopwell"
    place = {"cwd": str(tmp_path), "LOOPWELL_DATA_DIR": str(tmp_path / "data")}

    run(loopwell, "migrate", **place)
    report = run(loopwell, "report", "answers.csv", "--score", "score", "--json", **place)
    told = run(python, "-c", EVERYTHING, **place)

    assert '"nps": 33.33' in report
    assert told.endswith("asked 0\n")
