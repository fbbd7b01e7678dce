"""How are small pictures drawn into a page without a style attribute? As SVG, with text."""

import json
from functools import cache

from django.contrib.staticfiles import finders
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from loopwell.console.templatetags.numbers import grouped, percent, signed

ICON_FILE = "vendor/tabler-icons-3.51.0.json"
FULL = 100.0


@cache
def _icons() -> dict[str, str]:
    path = finders.find(ICON_FILE)
    if path is None:
        raise FileNotFoundError(f"{ICON_FILE} is missing: run tools/vendor_assets.py")
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - finders returns a str
        return dict(json.load(file))


def icon(name: str, css: str = "") -> SafeString:
    """One Tabler icon, decoration only: the words beside it carry the meaning."""
    drawing = _icons().get(name)
    if drawing is None:
        raise KeyError(f"No icon “{name}”: add it to tools/icons.txt")
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" width="20" height="20" fill="none" '
        'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        'stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(drawing),  # noqa: S308 - shipped with the package
    )


def distribution(detractors: int, passives: int, promoters: int) -> SafeString:
    """A stacked bar of the three categories, with its text alternative."""
    total = detractors + passives + promoters
    if not total:
        return format_html('<span class="text-secondary">{}</span>', _("no answers yet"))
    parts = (("detractor", detractors), ("passive", passives), ("promoter", promoters))
    rects, left = [], 0.0
    for css, count in parts:
        width = FULL * count / total
        rects.append((css, f"{left:.2f}", f"{width:.2f}"))
        left += width
    words = _("%(promoters)s promoters, %(passives)s passives, %(detractors)s detractors") % {
        "promoters": f"{grouped(promoters)} ({percent(promoters / total)})",
        "passives": f"{grouped(passives)} ({percent(passives / total)})",
        "detractors": f"{grouped(detractors)} ({percent(detractors / total)})",
    }
    return format_html(
        '<svg class="distribution" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" '
        'aria-label="{words}"><title>{words}</title>{rects}</svg>',
        words=words,
        rects=format_html_join(
            "", '<rect class="fill-{}" x="{}" y="0" width="{}" height="8"/>', rects
        ),
    )


def interval(value: float, low: float, high: float, target: float | None = None) -> SafeString:
    """A score on the line from −100 to +100 with its interval, zero and target marked."""
    words = _("%(score)s, between %(low)s and %(high)s") % {
        "score": signed(value),
        "low": signed(low),
        "high": signed(high),
    }
    mark = (
        format_html(
            '<line class="stroke-target" x1="{0}" x2="{0}" y1="2" y2="18"/>', _place(target)
        )
        if target is not None
        else ""
    )
    css = "promoter" if low > 0 else "detractor" if high < 0 else "neutral"
    return format_html(
        '<svg class="interval" viewBox="0 0 120 20" role="img" aria-label="{words}">'
        "<title>{words}</title>"
        '<line class="stroke-axis" x1="2" x2="118" y1="10" y2="10"/>'
        '<line class="stroke-axis" x1="60" x2="60" y1="5" y2="15"/>{mark}'
        '<line class="stroke-{css} stroke-wide" x1="{low}" x2="{high}" y1="10" y2="10"/>'
        '<circle class="fill-{css}" cx="{at}" cy="10" r="4.5"/></svg>',
        words=words,
        mark=mark,
        css=css,
        low=_place(low),
        high=_place(high),
        at=_place(value),
    )


def _place(score: float) -> str:
    return f"{2 + (max(-FULL, min(FULL, score)) + FULL) / 200 * 116:.1f}"
