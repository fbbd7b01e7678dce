"""Which model reads the comments, which others are there, and is it time to learn anew?"""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.journal.rules import Unavailable
from loopwell.kit.errors import NotFound
from loopwell.themes.learning import Coder
from loopwell.themes.learning.embedding import Embed, embedder
from loopwell.themes.learning.keeping import load
from loopwell.themes.models import CoderVersion, Coding

LEAST_NEW, NEW_SHARE = 100, 0.1
"""The model learns by itself after so many new codings that are at least this share of all."""


def versions() -> list[CoderVersion]:
    """The newest first, without their bytes."""
    return list(CoderVersion.objects.defer("state").select_related("trained_by"))


def version_in_use() -> CoderVersion | None:
    return CoderVersion.objects.defer("state").filter(is_used=True).first()


def version(pk: int) -> CoderVersion:
    found = CoderVersion.objects.defer("state").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such version of the model."))
    return found


def coder_in_use() -> Coder | None:
    """The bytes are read once in a process for each version. Raises Invalid when damaged."""
    used = version_in_use()
    return None if used is None else coder_of(used.pk)


def embed_to_learn() -> Embed | None:
    """What sentences mean, where that is installed and wished for."""
    return embedder() if settings.EMBEDDINGS else None


def embed_for(coder: Coder) -> Embed | None:
    """What the model needs beside words. Raises Unavailable when it is no longer installed."""
    if coder.sentence_lines is None:
        return None
    found = embedder()
    if found is None:
        raise Unavailable(
            "the model in use learnt from sentence embeddings, which are not installed here: "
            "install loopwell[embeddings], or use another version"
        )
    return found


@lru_cache(maxsize=1)
def coder_of(pk: int) -> Coder:
    return load(bytes(CoderVersion.objects.values_list("state", flat=True).get(pk=pk)))


def codings_since_training() -> int:
    newest = CoderVersion.objects.defer("state").first()
    rows = Coding.objects.filter(is_second=False)
    return rows.count() if newest is None else rows.filter(at__gt=newest.trained_at).count()


def coded() -> int:
    """Comments that people coded."""
    return Coding.objects.filter(is_second=False).count()


def codings_wanted() -> int:
    """New codings until the model learns by itself; 0 when it is time."""
    return max(max(LEAST_NEW, int(NEW_SHARE * coded())) - codings_since_training(), 0)
