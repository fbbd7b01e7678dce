"""What must stand before a command can work: settings, folders, tables?"""

import os
import sys

from loopwell.config import env


def fail(message: str, code: int = 1) -> int:
    print(f"loopwell: {message}", file=sys.stderr)
    return code


def django() -> None:
    """Starts Django; a wrong setting raises env.SettingError before anything else happens."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loopwell.config.settings")
    env.read()
    import django as framework

    framework.setup()


def prepare(*, migrate: bool = True) -> None:
    """Creates the data folder and brings the tables up to date."""
    django()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if not migrate:
            connections.close_all()
            sys.exit(fail("the tables are older than this version: run `loopwell migrate` first"))
        print("Preparing the database …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
