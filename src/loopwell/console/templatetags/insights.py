"""Which small words do the pages of numbers use: margins, shares, changes, tables behind charts?"""

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loopwell.calc.nps import Difference, Estimate
from loopwell.console.templatetags import numbers
from loopwell.console.templatetags.loopwell import change

register = template.Library()


@register.simple_tag
def margin(estimate: Any) -> str:
    """Half the width of an interval: "±5"; nothing where there is no estimate."""
    return numbers.margin(estimate.low, estimate.high) if estimate else ""


@register.filter
def as_percent(points: float) -> str:
    return numbers.percent(points / 100)


@register.simple_tag
def percent_of(count: int, whole: int) -> str:
    """Of the whole: "54 %"."""
    return numbers.percent(count / whole if whole else None)


@register.simple_tag
def change_in_words(difference: Any) -> str:
    return change(difference)


@register.simple_tag
def share_bar(points: float, css: str) -> SafeString:
    """A share of 0 to 100 percent as a bar; the number stands beside it as text."""
    return format_html(
        '<svg class="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="share-rest" width="100" height="8"/>'
        '<rect class="fill-{}" width="{}" height="8"/></svg>',
        css,
        f"{points:.1f}",
    )


@register.filter
def as_estimate(difference: Difference, n: int) -> Estimate:
    """A difference, to be drawn with its interval like any value."""
    return Estimate(difference.value, difference.low, difference.high, n)


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def named(thing: Any, name: str) -> Any:
    return getattr(thing, name)


@register.simple_block_tag(end_name="end_table_behind")
def table_behind(content: str) -> SafeString:
    """The table with the numbers of a chart, folded away; the chart's full alternative."""
    return format_html(
        '<details class="behind"><summary>{}</summary>{}</details>', _("Show as a table"), content
    )


@register.filter
def signed_to(value: float | None, places: int) -> str:
    """With a sign, a true minus and so many decimals: "+3.2", "−0.41"."""
    if value is None:
        return numbers.NONE
    rounded = round(value, places)
    sign = "+" if rounded > 0 else numbers.MINUS if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), places)}"
