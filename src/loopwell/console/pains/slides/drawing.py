"""How are words, tables and charts put onto a slide in the product's colours?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Pt

from loopwell.calc import scales
from loopwell.console.pains.slides.fitting import (
    LINE,
    POINT,
    clean,
    fitted,
    is_right_to_left,
    lines,
)

INK, SOFT, RULE = RGBColor(0x17, 0x21, 0x2B), RGBColor(0x56, 0x60, 0x70), RGBColor(0xC6, 0xCB, 0xD2)
PROMOTER, PASSIVE, DETRACTOR = (
    RGBColor(0x00, 0x9E, 0x73), RGBColor(0xC9, 0xCD, 0xD3), RGBColor(0xD5, 0x5E, 0x00)
)  # fmt: skip
FONT = "Calibri"
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own “No Style, No Grid”."""
ROW = 0.3
BOLD, CELL = 1.15, 1.05
"""So much wider are bold letters; and cells, which grow where a line breaks, are to be surer."""


@dataclass(frozen=True)
class Box:
    """Where something stands, in inches."""

    x: float
    y: float
    width: float
    height: float

    def below(self, down: float, height: float) -> "Box":
        return replace(self, y=self.y + down, height=height)


@dataclass(frozen=True)
class Style:
    sizes: tuple[float, ...] = (12, 11, 10)
    colour: RGBColor = INK
    is_bold: bool = False
    is_right: bool = False


def write(slide: Slide, box: Box, text: str, style: Style | None = None) -> float:
    """The text, fitted; returns how high it stands, in inches, by estimate."""
    used = style or Style()
    width = box.width / BOLD if used.is_bold else box.width
    told = fitted(text, width=width, height=box.height, sizes=used.sizes)
    shape = slide.shapes.add_textbox(*_places(box))
    frame = shape.text_frame
    frame.word_wrap = True
    for side in ("left", "right", "top", "bottom"):
        setattr(frame, f"margin_{side}", 0)
    _put(frame, told.text, told.size, used)
    return lines(told.text, width, told.size) * told.size * POINT * LINE


def _put(frame: TextFrame, text: str, size: float, style: Style) -> None:
    paragraph = frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = clean(text)
    run.font.size, run.font.name, run.font.bold = Pt(size), FONT, style.is_bold
    run.font.color.rgb = style.colour
    if is_right_to_left(text):
        paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001 no other way to say it
        paragraph.alignment = PP_ALIGN.LEFT if style.is_right else PP_ALIGN.RIGHT
    elif style.is_right:
        paragraph.alignment = PP_ALIGN.RIGHT


def table(
    slide: Slide, box: Box, rows: Sequence[Sequence[str]], widths: Sequence[float], *,
    name: str, colours: Sequence[RGBColor | None] = (), sizes: tuple[float, ...] = (11, 10, 9, 8),
    words: int = 1,
) -> float:  # fmt: skip
    """The first row heads the others; the first columns are words, the rest numbers at the right.
    `colours` are of the last column's cells. Returns how high it stands."""
    row_height = ROW * sizes[0] / 11
    height = row_height * len(rows)
    frame = slide.shapes.add_table(len(rows), len(widths), *_places(replace(box, height=height)))
    frame.name = clean(name)
    made = frame.table
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN_TABLE  # noqa: SLF001 not offered
    made.horz_banding = False
    for place, width in enumerate(widths):
        made.columns[place].width = Inches(width)
    rooms = [[(width - 0.1) / wider for width in widths] for wider in (BOLD, CELL)]
    heading, body = (
        _size(part, room, row_height - 0.04, sizes)
        for part, room in zip((rows[:1], rows[1:]), rooms, strict=True)
    )
    for line, row in enumerate(rows):
        made.rows[line].height = Inches(row_height)
        for place, text in enumerate(row):
            cell = made.cell(line, place)
            cell.margin_left = cell.margin_right = Inches(0.04)
            cell.margin_top = cell.margin_bottom = Inches(0.02)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            colour = colours[line - 1] if colours and line and place == len(row) - 1 else None
            size = (body if line else heading,)
            style = Style(size, colour or (INK if line else SOFT), not line, place >= words)
            told = fitted(
                text, width=rooms[min(line, 1)][place], height=row_height - 0.04, sizes=size
            )
            _put(cell.text_frame, told.text, told.size, style)
    return height


def _size(
    rows: Sequence[Sequence[str]], rooms: Sequence[float], height: float, sizes: tuple[float, ...]
) -> float:
    """At which all of their cells fit that fit at all, so that the rows look alike."""
    cells = [
        (clean(text), fitted(text, width=room, height=height, sizes=sizes))
        for row in rows for text, room in zip(row, rooms, strict=True)
    ]  # fmt: skip
    return min((told.size for text, told in cells if told.text == text), default=sizes[-1])


def trend(
    slide: Slide, box: Box, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]
) -> None:
    """The first series as a line with dots, the others as its thin dashed ends; in percent."""
    data = CategoryChartData(number_format='0"%"')
    data.categories = [clean(each) for each in labels]
    for name, values in series:
        data.add_series(clean(name), values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *_places(box), data)
    frame.name = clean(series[0][0])
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(10), FONT
    chart.font.color.rgb = SOFT
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.minimum_scale = 0
    chart.value_axis.tick_labels.number_format = '0"%"'
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = RULE
    chart.value_axis.format.line.fill.background()
    chart.category_axis.format.line.color.rgb = RULE
    for place, each in enumerate(chart.plots[0].series):
        each.smooth = False
        each.format.line.color.rgb = RULE if place else INK
        each.format.line.width = Pt(1 if place else 2.25)
        if place:
            each.format.line.dash_style = MSO_LINE.DASH
            each.marker.style = XL_MARKER_STYLE.NONE
        else:
            each.marker.style, each.marker.size = XL_MARKER_STYLE.CIRCLE, 6
            each.marker.format.fill.solid()
            each.marker.format.fill.fore_color.rgb = INK


def shares(slide: Slide, box: Box, names: Sequence[str], counts: Sequence[int]) -> None:
    """Detractors, passives and promoters as one bar, with how many they are."""
    data = CategoryChartData(number_format="0")
    data.categories = [" "]
    for name, count in zip(names, counts, strict=True):
        data.add_series(clean(f"{name}: {count}"), (count,))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED_100, *_places(box), data)
    frame.name = clean(" · ".join(names))
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(10), FONT
    chart.font.color.rgb = SOFT
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.visible = chart.category_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 30, 100
    for each, colour in zip(plot.series, (DETRACTOR, PASSIVE, PROMOTER), strict=True):
        each.format.fill.solid()
        each.format.fill.fore_color.rgb = colour


def meaning(score: int) -> RGBColor:
    """The colour of a score; passives as words, not as the fill that is too light to read."""
    return {"promoter": PROMOTER, "detractor": DETRACTOR}.get(scales.category(score).value, SOFT)


def rule(slide: Slide, x: float, y: float, width: float) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_places(Box(x, y, width, 0.01)))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RULE
    shape.line.fill.background()
    shape.shadow.inherit = False


def _places(box: Box) -> tuple[Inches, Inches, Inches, Inches]:
    return Inches(box.x), Inches(box.y), Inches(box.width), Inches(box.height)
