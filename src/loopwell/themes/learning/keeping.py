"""How is a model kept as bytes, and read without trusting them?

A ZIP of plain arrays (NumPy, no pickle) and one JSON text. Whatever is not ours is refused.
"""

import json
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.themes.learning.accuracy import read_accuracy
from loopwell.themes.learning.coder import Coder
from loopwell.themes.learning.deciding import Decision
from loopwell.themes.learning.features import Part, Vocabulary
from loopwell.themes.learning.lines import Lines

FORM = 1
"""Of the bytes; another number is another form."""


def save(coder: Coder) -> bytes:
    told = {
        "form": FORM,
        "themes": coder.themes,
        "words": list(coder.vocabulary.words.columns),
        "pieces": list(coder.vocabulary.pieces.columns),
        "accuracy": coder.accuracy.as_dict(),
        "too_few": dict(coder.too_few),
        "comments": coder.comments,
    }
    arrays: dict[str, Any] = {
        "told": np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8),
        "word_rarity": coder.vocabulary.words.rarity,
        "piece_rarity": coder.vocabulary.pieces.rarity,
        "weights": coder.lines.weights.astype(np.float16),
        "offsets": coder.lines.offsets,
        "slopes": coder.decision.slopes,
        "curve_offsets": coder.decision.offsets,
        "thresholds": coder.decision.thresholds,
    }
    if coder.sentence_lines is not None:
        arrays["sentence_weights"] = coder.sentence_lines.weights
        arrays["sentence_offsets"] = coder.sentence_lines.offsets
    kept = BytesIO()
    np.savez_compressed(kept, **arrays)
    return kept.getvalue()


def load(state: bytes) -> Coder:
    """Raises Invalid for anything that `save` did not write."""
    try:
        with np.load(BytesIO(state), allow_pickle=False) as arrays:
            return _read({name: arrays[name] for name in arrays.files})
    except (BadZipFile, ValueError, KeyError, TypeError, EOFError, OSError) as error:
        raise Invalid(
            _("This model cannot be read: it is damaged or of another version. Train a new one.")
        ) from error


def _read(arrays: dict[str, Any]) -> Coder:
    told = json.loads(arrays["told"].tobytes())
    if told["form"] != FORM:
        raise ValueError("another form")
    themes = tuple(str(theme) for theme in told["themes"])
    words = _part(told["words"], arrays["word_rarity"])
    pieces = _part(told["pieces"], arrays["piece_rarity"])
    lines = Lines(arrays["weights"].astype(np.float32), arrays["offsets"])
    width = len(words.columns) + len(pieces.columns)
    if lines.weights.shape != (len(themes), width):
        raise ValueError("weights do not fit the words")
    sentences = None
    if "sentence_weights" in arrays:
        sentences = Lines(arrays["sentence_weights"], arrays["sentence_offsets"])
    return Coder(
        themes=themes,
        vocabulary=Vocabulary(words, pieces),
        lines=lines,
        sentence_lines=sentences,
        decision=Decision(arrays["slopes"], arrays["curve_offsets"], arrays["thresholds"]),
        accuracy=read_accuracy(told["accuracy"]),
        too_few=told["too_few"],
        comments=int(told["comments"]),
    )


def _part(terms: list[str], rarity: Any) -> Part:
    if len(terms) != len(rarity):
        raise ValueError("words and their rarity differ")
    return Part({term: at for at, term in enumerate(terms)}, rarity)
