"""Addresses of the staff pages: competitors' scores."""

from django.urls import path

from loopwell.console.benchmark import surveys, views

app_name = "benchmark"
urlpatterns = [
    path("", views.index, name="index"),
    path("two-views/", views.two_views, name="two_views"),
    path("panels/", views.list_panels, name="panels"),
    path("panels/<slug:ref>/", views.panel, name="panel"),
    path("panels/<slug:ref>/remove/", views.remove, name="remove"),
    path("surveys/", surveys.declare, name="declare"),
    path("surveys/<slug:ref>/", surveys.change, name="survey"),
    path("surveys/<slug:ref>/withdraw/", surveys.withdraw, name="withdraw"),
    path("brands/<slug:ref>/", views.brand, name="brand"),
]
