"""How do the rows of the file become columns of numbers, rejects set apart?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loopwell.calc.scales import Category, Scale
from loopwell.kit.tables import Chunk, Table
from loopwell.kit.tables.numbers import ScoreProblem, read_score
from loopwell.report.coded import CodedColumn
from loopwell.report.columns import Chosen
from loopwell.report.comments import Comments
from loopwell.report.rejects import Rejects

POINTS = {Category.DETRACTOR: -1, Category.PASSIVE: 0, Category.PROMOTER: 1}
UNUSABLE = -1


@dataclass(frozen=True)
class Answers:
    """The used rows, column by column; all arrays have one entry per used row."""

    rows: int
    scores: NDArray[np.int8]
    by: list[CodedColumn]
    dates: CodedColumn | None
    drivers: list[CodedColumn]
    comments: Comments
    labelled: int  # scores that came with words, “10 - very likely”


class ScoreColumn:
    """Scores of cells, each distinct text judged once."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._coded = CodedColumn()
        self._scores: list[int] = []
        self._problems: list[ScoreProblem | None] = []
        self._labels: list[bool] = []
        self.labelled = 0

    def read(self, cells: list[str]) -> tuple[NDArray[np.int8], list[tuple[int, str]]]:
        """A score for each cell (UNUSABLE where there is none) and the places with problems."""
        codes = self._coded.encode(cells)
        if self._coded.distinct > len(self._scores):
            for text in self._coded.texts[len(self._scores) :]:
                self._judge(text)
        scores = np.array(self._scores, dtype=np.int8)[codes]
        self.labelled += int(np.array(self._labels)[codes].sum())
        bad = np.nonzero(scores == UNUSABLE)[0].tolist()
        return scores, [(place, str(self._problems[codes[place]])) for place in bad]

    def _judge(self, text: str) -> None:
        marks = self._scale.marks
        found = read_score(text, lowest=marks[0], highest=marks[-1])
        self._scores.append(UNUSABLE if found.score is None else found.score)
        self._problems.append(found.problem)
        self._labels.append(found.labelled)


def read_answers(
    table: Table,
    chosen: Chosen,
    scale: Scale,
    rejects: Rejects,
    tick: Callable[[], None],
) -> Answers:
    """Stream the file once; `tick` is called after each portion."""
    score_column = ScoreColumn(scale)
    comments = Comments()
    dates = CodedColumn()
    by = [CodedColumn() for _position in chosen.by]
    drivers = [CodedColumn() for _position in chosen.drivers]
    points = np.array([_point(score, scale) for score in range(11)], dtype=np.int8)
    all_scores, total = [], 0
    for chunk in table.chunks():
        total += len(chunk.rows) + len(chunk.ragged)
        scores, rows = _usable(chunk, chosen.score, score_column, rejects)
        all_scores.append(scores)
        for column, position in zip([*by, *drivers], [*chosen.by, *chosen.drivers], strict=True):
            column.append([row[position] for row in rows])
        if chosen.date is not None:
            dates.append([_without_time(row[chosen.date]) for row in rows])
        if chosen.comment is not None:
            comments.take([row[chosen.comment] for row in rows], points[scores])
        tick()
    return Answers(
        rows=total,
        scores=np.concatenate(all_scores) if all_scores else np.zeros(0, dtype=np.int8),
        by=by,
        dates=None if chosen.date is None else dates,
        drivers=drivers,
        comments=comments,
        labelled=score_column.labelled,
    )


def _usable(
    chunk: Chunk, position: int, column: ScoreColumn, rejects: Rejects
) -> tuple[NDArray[np.int8], list[list[str]]]:
    """Scores and rows that can be used; the others go to the rejects in the file's order."""
    scores, problems = column.read([row[position] for row in chunk.rows])
    bad = [(chunk.numbers[place], slug, chunk.rows[place]) for place, slug in problems]
    bad += [(row.number, row.ragged.value, row.values) for row in chunk.ragged]
    for number, slug, values in sorted(bad, key=lambda reject: reject[0]):
        rejects.add(number, slug, values)
    if not problems:
        return scores, chunk.rows
    keep = scores != UNUSABLE
    rows = [row for row, kept in zip(chunk.rows, keep.tolist(), strict=True) if kept]
    return scores[keep], rows


def _point(score: int, scale: Scale) -> int:
    return POINTS[scale.category(score)] if scale.valid(score) else 0


def _without_time(text: str) -> str:
    """Cut “2024-05-01 10:30” and “01/05/2024 10:30” to the day, so that few texts are distinct."""
    if len(text) > 10 and text[10] in " T" and text[0].isdigit() and text[8:10].isdigit():
        return text[:10]
    return text
