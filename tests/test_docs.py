"""Is what the documentation names really there: links, commands, modules, dependencies?"""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from loopwell.config.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
DEVELOPER = sorted((ROOT / "docs/developer").rglob("*.md"))
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|`|&& )loopwell ([a-z]\w*)", re.MULTILINE)
MODULE = re.compile(r"`(loopwell(?:\.\w+)+)`")
PATH = re.compile(r"`((?:src|tests|tools|bench)/[\w./]+)`")
DEPENDENCY = re.compile(r'^  "([a-z0-9-]+)', re.MULTILINE)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text()) if "://" not in link]

    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_commands_exist(path: Path) -> None:
    known = {*COMMANDS, "manage"}

    assert set(COMMAND.findall(path.read_text())) - known == set()


@pytest.mark.parametrize("path", DEVELOPER, ids=named)
def test_modules_and_paths_exist(path: Path) -> None:
    text = path.read_text()

    assert [name for name in MODULE.findall(text) if find_spec(name) is None] == []
    assert [place for place in PATH.findall(text) if not (ROOT / place).exists()] == []


def test_every_command_is_documented() -> None:
    text = "\n".join(path.read_text() for path in DOCS)

    assert set(COMMANDS) - set(COMMAND.findall(text)) == set()


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    declared = project.partition("\ndependencies = [")[2].partition("\n]")[0]
    reasons = (ROOT / "docs/developer/decisions/README.md").read_text()
    names = DEPENDENCY.findall(declared)

    assert names
    assert [name for name in names if f"`{name}`" not in reasons] == []


def test_pictures_stay_small() -> None:
    sizes = {p.name: p.stat().st_size for p in (ROOT / "docs/images").glob("*.png")}

    assert sizes
    assert [name for name, size in sizes.items() if size > 250_000] == []
