"""How are scores, intervals and weights drawn, at any width and on paper?

Every chart is an SVG whose horizontal positions are per cent of its width, so that it fits a
phone as well as a page without shrinking its text. The numbers stand in the table beside it.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from loopwell.calc.nps import Estimate


def _x(value: float) -> str:
    """Points −100..+100 as a place between 1 and 99 %."""
    return f"{1 + 98 * (value + 100) / 200:.2f}%"


def interval(
    estimate: Estimate, *, reference: float | None = None, tall: bool = False, faint: bool = False
) -> SafeString:
    """A score as a dot on its interval, between −100 and +100, zero and all answers marked."""
    height = 44 if tall else 22
    middle = 14 if tall else height / 2
    kind = "promoter" if estimate.value > 0 else "detractor" if estimate.value < 0 else "passive"
    marks = [
        format_html('<line class="track" x1="1%" x2="99%" y1="{0}" y2="{0}"/>', middle),
        format_html('<line class="zero" x1="50%" x2="50%" y1="2" y2="{}"/>', 2 * middle - 2),
    ]
    if reference is not None:
        marks.append(
            format_html('<line class="reference" x1="{0}" x2="{0}" y1="0" y2="{1}"/>',
                        _x(reference), height)
        )  # fmt: skip
    marks.append(
        format_html(
            '<line class="range {0}" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/>',
            kind,
            _x(estimate.low),
            _x(estimate.high),
            middle,
        )
    )
    marks.append(_tick(kind, estimate) if tall else _dot(kind, estimate, middle))
    if tall:
        marks.extend(
            format_html('<text x="{}" y="42" text-anchor="{}">{}</text>', _x(at), anchor, label)
            for at, anchor, label in ((-100, "start", "−100"), (0, "middle", "0"),
                                      (100, "end", "+100"))
        )  # fmt: skip
    look = "interval tall" if tall else "interval faint" if faint else "interval"
    return svg(height, marks, look)


def _dot(kind: str, estimate: Estimate, middle: float) -> SafeString:
    return format_html(
        '<circle class="dot {}" cx="{}" cy="{}" r="4.5"/>', kind, _x(estimate.value), middle
    )


def _tick(kind: str, estimate: Estimate) -> SafeString:
    return format_html(
        '<line class="tick {0}" x1="{1}" x2="{1}" y1="2" y2="26"/>', kind, _x(estimate.value)
    )


def bar(width: float, kind: str) -> SafeString:
    """A bar of so many per cent of the space."""
    shape = format_html('<rect class="{}" x="0" y="3" height="16" width="{}%" rx="2"/>', kind,
                        f"{width:.2f}")  # fmt: skip
    return svg(22, [shape], "bar")


def weight(value: float, low: float | None, high: float | None, largest: float) -> SafeString:
    """A driver's weight as a bar with its interval."""
    scale = 97 / max(largest, 1e-9)
    marks = [
        format_html('<rect class="driver" x="0" y="4" height="14" width="{}%" rx="2"/>',
                    f"{value * scale:.2f}")
    ]  # fmt: skip
    if low is not None and high is not None:
        a, b = f"{low * scale:.2f}%", f"{high * scale:.2f}%"
        marks.append(
            format_html(
                '<line class="whisker" x1="{0}" x2="{1}" y1="11" y2="11"/>'
                '<line class="whisker" x1="{0}" x2="{0}" y1="7" y2="15"/>'
                '<line class="whisker" x1="{1}" x2="{1}" y1="7" y2="15"/>',
                a, b,
            )
        )  # fmt: skip
    return svg(22, marks, "bar")


def svg(height: float, marks: Sequence[SafeString], kind: str) -> SafeString:
    """The marks as one picture of the full width."""
    body = format_html_join("", "{}", ((mark,) for mark in marks))
    return format_html(
        '<svg class="{}" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        kind, height, body,
    )  # fmt: skip
