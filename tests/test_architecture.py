"""What the import linter cannot see: foreign keys point downwards, models call no operations."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/loopwell"


def layers() -> dict[str, int]:
    """Each app's height: 0 is the top; apps of one layer share a number."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = contracts["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name: height for height, line in enumerate(listed) for name in re.findall(r"[a-z]+", line)
    }


def package_of(model: type[Model]) -> str:
    """“loopwell.people”, “loopwell.integrations.sql”: the app's folder, whatever its label."""
    return model.__module__.partition(".models")[0]


def layer_of(model: type[Model]) -> str:
    return package_of(model).split(".")[1]


def own_models() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("loopwell.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m._meta.label)
def test_foreign_keys_point_to_the_same_or_a_lower_layer(model: type[Model]) -> None:
    height = layers()
    upwards = [
        f"{field.name} → {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Model)
        and field.related_model.__module__.startswith("loopwell.")
        and height[layer_of(field.related_model)] < height[layer_of(model)]
    ]

    assert upwards == []


def test_models_call_no_operations() -> None:
    found = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.glob("*/models.py")
        if re.search(r"import .*operations|\.operations import", path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_every_app_with_models_is_held_to_the_order_inside_an_app() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    inside = [
        each
        for each in contracts["tool"]["importlinter"]["contracts"]
        if each["name"].startswith("inside ")
    ]
    held = {container for each in inside for container in each["containers"]}
    assert all(each["exhaustive"] for each in inside)
    with_models = {package_of(model) for model in own_models()}

    assert with_models <= held


def test_no_file_outgrows_what_one_reads_at_once() -> None:
    found = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }

    assert found == {}
