"""Addresses of the staff pages: which answers open a case."""

from django.urls import path

from loopwell.console.case_rules import policy, views, widening

app_name = "case_rules"
urlpatterns = [
    path("rules/", views.index, name="list"),
    path("rules/new/", views.add, name="new"),
    path("rules/try/", views.try_out, name="try"),
    path("rules/widen/", widening.steps, name="widen"),
    path("rules/widen/<slug:name>/", widening.confirm, name="step"),
    path("rules/<str:ref>/", views.change, name="change"),
    path("rules/<str:ref>/try/", views.try_out, name="try_change"),
    path("rules/<str:ref>/move/", views.move, name="move"),
    path("rules/<str:ref>/switch/", views.switch, name="switch"),
    path("rules/<str:ref>/copy/", views.copy, name="copy"),
    path("rules/<str:ref>/remove/", views.remove, name="remove"),
    path("policy/", policy.index, name="policy"),
]
