"""Addresses of the staff pages: initiatives."""

from django.urls import path

from loopwell.console.initiatives import (
    acting,
    adding,
    deciding,
    one,
    parts,
    telling,
    views,
    writing,
)

app_name = "initiatives"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", writing.new, name="new"),
    path("add/", adding.add, name="add"),
    path("priorities/", deciding.index, name="priorities"),
    path("priorities/decide/", deciding.decide, name="decide"),
    path("decisions/<slug:ref>/", deciding.decision, name="decision"),
    path("<slug:ref>/", one.initiative, name="initiative"),
    path("<slug:ref>/change/", writing.change, name="change"),
    path("<slug:ref>/telling/", telling.telling, name="telling"),
    path("<slug:ref>/telling/<slug:verb>/", telling.act, name="telling_act"),
    path("<slug:ref>/milestones/<slug:part>/<slug:verb>/", parts.milestone, name="milestone"),
    path("<slug:ref>/tasks/<slug:part>/<slug:verb>/", parts.task, name="task"),
    path("<slug:ref>/links/<slug:part>/remove/", parts.unlink, name="unlink"),
    path("<slug:ref>/raised/<slug:part>/remove/", parts.take_out, name="take_out"),
    path("<slug:ref>/roll-outs/<slug:part>/remove/", parts.stop_roll_out, name="stop_roll_out"),
    path("<slug:ref>/<slug:verb>/", acting.act, name="act"),
]
