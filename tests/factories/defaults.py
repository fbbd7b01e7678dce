"""What every new company has from the migrations: transactional tests empty those tables too."""

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from loopwell.cases.models import EscalationStep, LetterTemplate, RedressLimit, Rule
from loopwell.sampling.models import ContactRule
from loopwell.themes.models import Theme


def restore_defaults() -> None:
    editor = SimpleNamespace(connection=connection)
    if not Rule.objects.exists():
        import_module("loopwell.cases.migrations.0003_default_rule").add_rule(apps, editor)
    if not EscalationStep.objects.exists():
        import_module("loopwell.cases.migrations.0005_ladder").add_steps(apps, editor)
    if not LetterTemplate.objects.exists():
        import_module("loopwell.cases.migrations.0006_ready_letters").add_letters(apps, editor)
    if not RedressLimit.objects.exists():
        import_module("loopwell.cases.migrations.0008_redress_limits").add_limits(apps, editor)
    if not Theme.objects.exists():
        module = import_module("loopwell.themes.migrations.0002_default_root_causes")
        module.add_causes(apps, editor)
    if not ContactRule.objects.exists():
        import_module("loopwell.sampling.migrations.0003_ask").add_rules(apps, editor)
