"""On PostgreSQL every entry knows its transaction, so that readers lose none (reading.py)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def add_transaction(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "ALTER TABLE journal_entry ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()"
        )
        editor.execute("CREATE INDEX journal_entry_commit_order ON journal_entry (xid, id)")


def remove_transaction(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE journal_entry DROP COLUMN xid")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(add_transaction, remove_transaction)]
