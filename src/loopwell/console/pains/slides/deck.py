"""How does a problem's sheet become a slide, and several a deck?"""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from loopwell.console.pains.sheet import Sheet
from loopwell.console.pains.slides import drawing
from loopwell.console.pains.slides.drawing import Box, Style
from loopwell.console.pains.slides.fitting import clean
from loopwell.console.templatetags import numbers

WIDE, HIGH = 13.333, 7.5
EDGE, GAP = 0.5, 0.45
LEFT = Box(EDGE, 1.75, 6.35, 4.9)
RIGHT = Box(EDGE + LEFT.width + GAP, 1.75, WIDE - 2 * EDGE - LEFT.width - GAP, 4.9)
BLANK = 6
HEAD = Style((13,), drawing.INK, is_bold=True)
QUIET = Style((11, 10, 9), drawing.SOFT)
BOTTOM = 6.75


def as_deck(
    sheets: Sequence[Sheet], ranked: Sequence[Sequence[str]] = (), *, with_complaints: bool = False
) -> bytes:
    """One slide a problem; before them the ranked table, where it is given. Its rows are theme,
    owner, shares of the unhappy and of all, answers, how many complain (if told), and points."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    made.core_properties.title = clean(sheets[0].title if len(sheets) == 1 else _("Pain map"))[:200]
    made.core_properties.author = "Loopwell"
    if ranked:
        _first(made.slides.add_slide(made.slide_layouts[BLANK]), sheets[0], ranked, with_complaints)
    for sheet in sheets:
        _draw(made.slides.add_slide(made.slide_layouts[BLANK]), sheet)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def as_empty() -> bytes:
    """A slide that says that nothing was found."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    slide = made.slides.add_slide(made.slide_layouts[BLANK])
    _title(slide, _("Pain map"), _("No problem was found in these answers."))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _first(
    slide: Slide, sheet: Sheet, ranked: Sequence[Sequence[str]], with_complaints: bool
) -> None:
    title = _("What makes promoters?") if sheet.is_delight else _("What costs most loyalty?")
    _title(slide, title, f"{sheet.voice} · {sheet.filters}")
    columns = [_("Theme"), _("Who can mend it"), sheet.unhappy_label, _("Of all"), _("Answers"),
               *([_("Complain")] if with_complaints else []), _("Points of NPS")]  # fmt: skip
    widths = [1.9, 1.35, 1.15, 0.95, *([1.0] if with_complaints else []), 2.3]
    width = WIDE - 2 * EDGE
    colour = drawing.PROMOTER if sheet.is_delight else drawing.DETRACTOR
    drawing.table(
        slide, Box(EDGE, 1.5, width, 1), [columns, *ranked], [width - sum(widths), *widths],
        name=title, colours=[colour] * len(ranked), sizes=(13, 12, 11, 10, 9), words=2,
    )  # fmt: skip
    _foot(slide, sheet, _("Points of NPS: the score less the score without the answers that name "
                          "it, with a 95 % interval; they do not add up."))  # fmt: skip


def _draw(slide: Slide, sheet: Sheet) -> None:
    owner = _("Who can mend it: %(who)s") % {"who": sheet.owner} if sheet.owner else ""
    _title(slide, sheet.title, " · ".join(each for each in (sheet.kind, owner) if each))
    drawing.write(slide, Box(EDGE, 1.2, WIDE - 2 * EDGE, 0.5), sheet.sentence, Style((16, 14, 12)))
    _left(slide, sheet)
    _right(slide, sheet)
    note = _("Two sources, not to be added. Margins and intervals hold with 95 %.")
    _foot(slide, sheet, f"{sheet.filters} · {note}")


def _title(slide: Slide, title: str, under: str) -> None:
    width = WIDE - 2 * EDGE
    style = Style((28, 24, 20), drawing.INK, is_bold=True)
    drawing.write(slide, Box(EDGE, 0.3, width, 0.52), title, style)
    drawing.write(slide, Box(EDGE, 0.85, width, 0.28), under, QUIET)


def _foot(slide: Slide, sheet: Sheet, words: str) -> None:
    drawing.rule(slide, EDGE, BOTTOM + 0.08, WIDE - 2 * EDGE)
    drawing.write(slide, Box(EDGE, BOTTOM + 0.16, 10.3, 0.4), words, Style((10, 9), drawing.SOFT))
    right = Style((10,), drawing.SOFT, is_right=True)
    drawing.write(slide, Box(WIDE - EDGE - 2, BOTTOM + 0.16, 2, 0.4), sheet.day, right)


def _left(slide: Slide, sheet: Sheet) -> None:
    """The trend, what each source says, and who names it."""
    box = LEFT
    if sheet.months:
        drawing.write(slide, box.below(0, 0.26), _("How often it is named"), HEAD)
        drawing.write(slide, box.below(0.26, 0.24), f"{sheet.voice} · {sheet.trend_said}", QUIET)
        series = [
            (_("% of answers"), [round(each.share, 2) for each in sheet.months]),
            (_("likely from"), [round(each.low, 2) for each in sheet.months]),
            (_("to"), [round(each.high, 2) for each in sheet.months]),
        ]
        labels = [each.label for each in sheet.months]
        drawing.trend(slide, box.below(0.5, 2.3), labels, series)
    y = 2.95
    if sheet.sources:
        drawing.write(slide, box.below(y, 0.26), _("By who found it"), HEAD)
        rows = [
            (each.name, each.of_unhappy, each.of_all, each.answers, each.points)
            for each in sheet.sources
        ]
        columns = ("", sheet.unhappy_label, _("Of all"), _("Answers"), _("Points of NPS"))
        colour = drawing.PROMOTER if sheet.is_delight else drawing.DETRACTOR
        y += 0.28 + drawing.table(
            slide, box.below(y + 0.28, 1), [columns, *rows], [1.6, 1.15, 0.95, 1.05, 1.6],
            name=_("By who found it"), colours=[colour] * len(rows),
        )  # fmt: skip
    if sheet.counts.n:
        counts = (sheet.counts.detractors, sheet.counts.passives, sheet.counts.promoters)
        names = (_("Detractors"), _("Passives"), _("Promoters"))
        told = numbers.answers(sheet.counts.n)
        head = f"{_('Who names it')} · {told}"
        drawing.write(slide, box.below(y + 0.1, 0.22), head, QUIET)
        drawing.shares(slide, box.below(y + 0.3, LEFT.height - y - 0.3), names, counts)


def _right(slide: Slide, sheet: Sheet) -> None:
    """How many customers, who is hit hardest, what is being done, and in their words."""
    y = 0.0
    if sheet.people:
        drawing.write(slide, RIGHT.below(y, 0.26), _("In the whole customer base"), HEAD)
        big = Style((30, 24, 20, 16), drawing.INK, is_bold=True)
        drawing.write(slide, Box(RIGHT.x, RIGHT.y + 0.28, 1.6, 0.52), sheet.affected, big)
        words = Box(RIGHT.x + 1.65, RIGHT.y + 0.32, RIGHT.width - 1.65, 0.42)
        drawing.write(slide, words, sheet.people, Style((12, 11, 10, 9)))
        y = 0.84
    if sheet.complaints:
        y += drawing.write(slide, RIGHT.below(y, 0.44), sheet.complaints, Style((12, 11, 10))) + 0.1
    if sheet.groups:
        drawing.write(slide, RIGHT.below(y, 0.26), _("Hit harder than chance explains"), HEAD)
        rows = [(f"{g.name} ({g.cut})", g.share, g.answers) for g in sheet.groups[:4]]
        y += 0.28 + drawing.table(
            slide, RIGHT.below(y + 0.28, 1), [("", _("Name it"), _("Answers")), *rows],
            [RIGHT.width - 2.4, 1.2, 1.2], name=_("Hit harder than chance explains"),
        ) + 0.1  # fmt: skip
    y = _done(slide, sheet, y)
    _said(slide, sheet, y)


def _done(slide: Slide, sheet: Sheet, y: float) -> float:
    drawing.write(slide, RIGHT.below(y, 0.26), _("What is being done about it"), HEAD)
    y += 0.28
    for work in sheet.work[:2]:
        words = f"{work.title} ({work.words})" if work.words else work.title
        y += drawing.write(slide, RIGHT.below(y, 0.4), words, Style((12, 11, 10)))
    if not sheet.work:
        y += drawing.write(slide, RIGHT.below(y, 0.24), _("Nothing yet."), QUIET)
    return y + 0.1


def _said(slide: Slide, sheet: Sheet, y: float) -> None:
    """As many comments as there is room for."""
    if not sheet.quotes or y > RIGHT.height - 0.7:
        return
    drawing.write(slide, RIGHT.below(y, 0.26), _("In their words"), HEAD)
    y += 0.3
    for quote in sheet.quotes:
        room = RIGHT.height - y
        if room < 0.4:
            break
        colour = drawing.meaning(quote.score)
        score = Style((13,), colour, is_bold=True)
        drawing.write(slide, Box(RIGHT.x, RIGHT.y + y, 0.4, 0.24), str(quote.score), score)
        words = Box(RIGHT.x + 0.4, RIGHT.y + y, RIGHT.width - 0.4, min(room - 0.2, 0.56))
        high = drawing.write(slide, words, quote.text, Style((12, 11)))
        under = Box(words.x, words.y + high, words.width, 0.18)
        drawing.write(slide, under, quote.where, Style((9,), drawing.SOFT))
        y += high + 0.26
