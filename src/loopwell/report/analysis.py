"""What do the answers say? Columns in, one frozen report out; the arithmetic is calc's."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.calc.nps import interval
from loopwell.calc.scales import Scale, counts_of_points, points_of
from loopwell.kit.tables import Table
from loopwell.report.columns import Chosen, choose_columns
from loopwell.report.driving import drivers_of
from loopwell.report.grouping import groups_of
from loopwell.report.months import months_of
from loopwell.report.options import NothingUsable, Options, ReportError
from loopwell.report.progress import ReadingProgress
from loopwell.report.reading import Answers, read_answers
from loopwell.report.rejects import Reason, Rejects
from loopwell.report.results import Mark, Report
from loopwell.report.wording import count
from loopwell.report.writing import words_of


def analyse(table: Table, options: Options, progress: ReadingProgress) -> Report:
    """Read the file and compute the report.

    Raises ReportError for columns that do not exist or an undeclared 1–5 scale, NothingUsable
    when no row has a score.
    """
    chosen = choose_columns(table, options)
    scale = options.scale or Scale.ZERO_TO_TEN
    rejects = Rejects(low=scale.marks[0], high=scale.marks[-1])
    if options.rejects:
        rejects.write_to(options.rejects, table.columns)
    answers = read_answers(table, chosen, scale, rejects, progress.tick)
    progress.computing()
    reasons = rejects.close()
    _check(table, chosen, answers, reasons, options)
    points = points_of(answers.scores, scale)
    counts = counts_of_points(points)
    marks = np.bincount(answers.scores, minlength=11)
    return Report(
        file=table.path.name,
        score=table.columns[chosen.score],
        scale=scale,
        detected=table.detected,
        minimum=options.minimum,
        rows=answers.rows,
        used=len(answers.scores),
        reasons=reasons,
        counts=counts,
        estimate=interval(counts),
        distribution=[Mark(mark, int(marks[mark]), scale.category(mark)) for mark in scale.marks],
        groups=[
            groups_of(table.columns[position], column, points, options.minimum)
            for position, column in zip(chosen.by, answers.by, strict=True)
        ],
        months=months_of(_name(table, chosen.date), answers.dates, answers.scores, options),
        drivers=drivers_of(
            [table.columns[position] for position in chosen.drivers],
            answers.drivers,
            answers.scores if scale is not Scale.FIVE_TO_ONE else 6 - answers.scores,
        ),
        words=words_of(_name(table, chosen.comment), answers.comments),
        notes=_notes(answers, scale, options),
    )


def _name(table: Table, position: int | None) -> str | None:
    return None if position is None else table.columns[position]


def _check(
    table: Table, chosen: Chosen, answers: Answers, reasons: list[Reason], options: Options
) -> None:
    column = table.columns[chosen.score]
    if not len(answers.scores):
        why = "; ".join(f"{reason.text}: {count(reason.count)}" for reason in reasons)
        raise NothingUsable(
            _("None of the %(rows)s rows can be used (%(why)s). Is “%(column)s” the score?")
            % {"rows": count(answers.rows), "why": why or _("there are no rows"), "column": column}
        )
    if options.scale is None and answers.scores.max() <= 5:
        raise ReportError(
            _(
                "No score in “%(column)s” is above 5. Say which scale it is: --scale 1-5 "
                "(5 is best), --scale 5-1 (1 is best), or --scale 0-10 if really nobody gave more."
            )
            % {"column": column}
        )


def _notes(answers: Answers, scale: Scale, options: Options) -> list[str]:
    notes = []
    if options.scale is None:
        notes.append(_("scale taken as 0–10: change it with --scale"))
    if answers.labelled:
        notes.append(
            ngettext(
                "%(n)s score came with words (“10 - very likely”): its number was used",
                "%(n)s scores came with words (“10 - very likely”): their numbers were used",
                answers.labelled,
            )
            % {"n": count(answers.labelled)}
        )
    if scale is Scale.ONE_TO_FIVE:
        notes.append(_("on this scale 5 is a promoter, 4 passive, 1 to 3 a detractor"))
    if scale is Scale.FIVE_TO_ONE:
        notes.append(_("on this scale 1 is a promoter, 2 passive, 3 to 5 a detractor"))
        if options.drivers:
            notes.append(_("drivers are compared with the turned scale, so that more is better"))
    return notes
