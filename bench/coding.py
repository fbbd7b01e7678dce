"""How well does the model code comments of the NHS, and how quickly?

The comments of the Friends and Family Test in ../shared/data/nhs_fft, whose themes people gave:
those with at least one of the themes that 30 comments or more have. A fifth is held out, by several
seeds; thresholds come from the other four fifths alone. Also with 300 coded comments drawn from
them, and how long 100,000 comments take. Exit code 1 when over a limit.

--embeddings also measures with sentence embeddings (extra `embeddings`; some minutes more).
"""

import argparse
import csv
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.machine import table, write_section
from loopwell.themes.learning import Coder, Example, learn
from loopwell.themes.learning.accuracy import Accuracy, judged
from loopwell.themes.learning.coder import verdict
from loopwell.themes.learning.embedding import Embed, embed

FILE = Path(__file__).resolve().parents[2] / "shared/data/nhs_fft/v6framework_230831.csv"
SEEDS = (42, 1, 2, 3, 4)
FEW, DRAWS = 300, 5
MANY = 100_000
FEWEST = 30
LEFT_OUT = {"Labelling not possible", "Not assigned"}


@dataclass(frozen=True)
class Found:
    micro: float
    macro: float
    seconds: float
    promised: Accuracy | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embeddings", action="store_true")
    args = parser.parse_args()
    if not FILE.exists():
        print("the NHS comments are not there: ../shared/data/nhs_fft")
        return 2
    print(f"load on the machine before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
    examples = comments()
    themes = sorted(set().union(*(each.themes for each in examples)))
    rows, fits = measured("base", examples, themes, None, (0.71, 0.56, 0.60))
    if args.embeddings:
        more, also = measured(
            "with embeddings", examples, themes, cached(examples), (0.72, 0.60, 0.63)
        )
        rows, fits = rows + more, fits and also
    seconds = time_many(examples)
    rows.append(["100,000 comments coded, base", f"{seconds:.0f} s", "", "60 s"])
    lines = [f"{len(examples):,} comments, {len(themes)} themes; F1 as mean over "
             f"{len(SEEDS)} splits (lowest to highest).", "",
             *table(["what", "micro-F1", "macro-F1", "limit"], rows)]  # fmt: skip
    write_section("Coding comments", lines)
    return 0 if fits and seconds <= 60 else 1


def comments() -> list[Example]:
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    themes = [name for name in names[names.index("Not assigned") + 1 :] if name]
    usable = [row for row in rows if row["FFT answer"].strip()
              and not any(row[name] == "1" for name in LEFT_OUT)]  # fmt: skip
    found = [(row["FFT answer"], {name for name in themes if row[name] in ("1", "1.0")})
             for row in usable]  # fmt: skip
    counts = Counter(theme for _text, held in found for theme in held)
    kept = {theme for theme, many in counts.items() if many >= FEWEST}
    return [Example(text, frozenset(held & kept)) for text, held in found if held & kept]


def cached(examples: Sequence[Example]) -> Embed:
    """Sentences are embedded once, however often they are learnt from."""
    started = time.perf_counter()
    texts = sorted({each.text for each in examples})
    numbers = dict(zip(texts, embed(texts), strict=True))
    print(f"embedded {len(texts):,} comments in {time.perf_counter() - started:.0f} s", flush=True)
    return lambda wanted: np.array([numbers[text] for text in wanted])


def measured(
    name: str, examples: Sequence[Example], themes: list[str], embedded: Embed | None,
    limits: tuple[float, float, float],
) -> tuple[list[list[str]], bool]:  # fmt: skip
    whole = [tried(split(examples, seed), themes, embedded) for seed in SEEDS]
    learnt, _held = split(examples, SEEDS[0])
    few = [tried((drawn(learnt, seed), _held), themes, embedded) for seed in range(DRAWS)]
    promised = [each.promised for each in whole if each.promised]
    rows = [
        [f"{name}, four fifths coded", _spread([each.micro for each in whole]),
         _spread([each.macro for each in whole]), f"{limits[0]:.2f} / {limits[1]:.2f}"],
        [f"{name}, split by seed 42", f"{whole[0].micro:.3f}", f"{whole[0].macro:.3f}",
         f"{limits[0]:.2f} / {limits[1]:.2f}"],
        [f"{name}, what the model itself says of its accuracy",
         _spread([each.micro_f1 for each in promised]),
         _spread([each.macro_f1 for each in promised]), ""],
        [f"{name}, {FEW} coded", _spread([each.micro for each in few]),
         _spread([each.macro for each in few]), f"{limits[2]:.2f}"],
        [f"{name}, training", f"{max(each.seconds for each in whole):.0f} s", "", "60 s"],
    ]  # fmt: skip
    fits = (
        whole[0].micro >= limits[0]
        and whole[0].macro >= limits[1]
        and statistics.mean(each.micro for each in few) >= limits[2]
        and max(each.seconds for each in whole) <= 60
    )
    for row in rows:
        print(" | ".join(row), flush=True)
    return rows, fits


def split(examples: Sequence[Example], seed: int) -> tuple[list[Example], list[Example]]:
    from sklearn.model_selection import train_test_split

    learnt, held = train_test_split(list(examples), test_size=0.2, random_state=seed)
    return learnt, held


def drawn(examples: list[Example], seed: int) -> list[Example]:
    order = np.random.default_rng(seed).permutation(len(examples))[:FEW]
    return [examples[at] for at in order]


def tried(
    parts: tuple[list[Example], list[Example]], themes: list[str], embedded: Embed | None
) -> Found:
    """Themes the model did not learn count as never found."""
    learnt, held = parts
    started = time.perf_counter()
    coder = learn(learnt, embed=embedded)
    seconds = time.perf_counter() - started
    likely = coder.probabilities([each.text for each in held], embedded)
    holds, unsure = verdict(likely, coder.decision.thresholds)
    said = np.zeros((len(held), len(themes)), dtype=bool)
    said[:, [themes.index(theme) for theme in coder.themes]] = holds
    truth = np.array([[theme in each.themes for theme in themes] for each in held])
    found = judged(themes, said, truth, unsure, is_random=True)
    return Found(found.micro_f1, found.macro_f1, seconds, coder.accuracy)


def time_many(examples: Sequence[Example]) -> float:
    coder: Coder = learn(split(examples, SEEDS[0])[0])
    texts = [each.text for each in examples]
    wanted = (texts * (MANY // len(texts) + 1))[:MANY]
    started = time.perf_counter()
    coder.code(wanted)
    return time.perf_counter() - started


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.mean(values):.3f} ({min(values):.3f}–{max(values):.3f})"


if __name__ == "__main__":
    sys.exit(main())
