"""How the tests call `loopwell report`: as a person does, by its command line."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from loopwell.config.cli import main


@dataclass(frozen=True)
class Outcome:
    """What the command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Run = Callable[..., Outcome]


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> Outcome:
        capsys.readouterr()
        code = main(["report", *map(str, words)])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def answers(tmp_path: Path) -> Callable[[str], Path]:
    """A file with this text."""

    def write(text: str) -> Path:
        path = tmp_path / "answers.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write
