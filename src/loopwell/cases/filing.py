"""What becomes of a file's bytes when its row goes, alone or with its customer?"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from loopwell.cases.models import File


@receiver(post_delete, sender=File, dispatch_uid="bytes_of_files")
def delete_bytes(instance: File, **kwargs: Any) -> None:
    """Once it is certain; a file that is gone already is no error."""
    place = Path(settings.MEDIA_ROOT) / instance.path

    def go() -> None:
        place.unlink(missing_ok=True)

    transaction.on_commit(go)
