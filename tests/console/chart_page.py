"""Addresses for the browser test: the product's own, and one page with every kind of chart."""

from django.http import HttpResponse
from django.template import engines
from django.urls import URLPattern, URLResolver, path

from loopwell.calc.nps import Counts, interval
from loopwell.config.urls import handler400, handler403, handler404, handler500
from loopwell.config.urls import urlpatterns as own
from loopwell.console import charts
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Conflict

__all__ = ["handler400", "handler403", "handler404", "handler500"]

PAGE = """{% extends "console/base.html" %}{% load loopwell %}
{% block heading %}Charts{% endblock %}
{% block content %}{% nps estimate %}{% distribution counts %}{% interval estimate %}
{% for kind, data in charts.items %}
<div class="chart" data-chart="{{ kind }}" data-source="{{ kind }}"></div>
{{ data|json_script:kind }}{% endfor %}
{% endblock %}"""


@staff()
def page(request: StaffRequest) -> HttpResponse:
    counts = Counts(12, 30, 88)
    points = [charts.Point(f"2026-0{n}", interval(Counts(9, 9, 9 + n))) for n in range(1, 9)]
    shown = {
        "trend": charts.trend([*points, charts.Point("2026-09", None)], text="Trend", target=30),
        "ranked": charts.ranked(points, text="Ranked", average=10),
        "distribution": charts.distribution(list(range(11)), text="Distribution"),
        "bars": charts.bars([{"label": "Returns", "value": 31.5}], text="Bars", unit="%"),
    }
    context = {"estimate": interval(counts), "counts": counts, "charts": shown}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


@staff()
def conflict(request: StaffRequest) -> HttpResponse:
    raise Conflict("Mark was faster.")


@staff()
def broken(request: StaffRequest) -> HttpResponse:
    raise RuntimeError("a bug")


urlpatterns: list[URLPattern | URLResolver] = [
    path("test/charts/", page),
    path("test/conflict/", conflict),
    path("test/broken/", broken),
    *own,
]
