"""How are shares and means of the answers to further questions written and drawn?"""

import math

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loopwell.calc.nps import Estimate
from loopwell.console.templatetags.numbers import percent

register = template.Library()


@register.filter
def points_share(points: float) -> str:
    """A share given in percent."""
    return percent(points / 100)


@register.filter
def mean_words(estimate: Estimate) -> str:
    """ "4.2 ±0.3"; one rating alone has no margin."""
    value = number_format(round(estimate.value, 1), 1)
    if math.isnan(estimate.low):
        return value
    half = (estimate.high - estimate.low) / 2
    return f"{value} ±{number_format(max(round(half, 1), 0.1) if half else 0, 1)}"


@register.simple_tag
def share_bar(share: Estimate) -> SafeString:
    """A bar with its interval; the numbers stand beside it."""
    words = _("95 %% sure: between %(low)s and %(high)s") % {
        "low": points_share(share.low),
        "high": points_share(share.high),
    }
    return format_html(
        '<svg viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="bar-fill" x="0" y="1" width="{}" height="12"/>'
        '<line class="bar-reach" x1="{}" x2="{}" y1="7" y2="7" vector-effect="non-scaling-stroke"/>'
        "</svg>",
        words,
        f"{share.value:.2f}",
        f"{share.low:.2f}",
        f"{share.high:.2f}",
    )
