"""Addresses of the staff pages: targets, what they pay, and where we really differ."""

from django.urls import path

from loopwell.console.targets import bonuses, deviations, handing, views

app_name = "targets"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("differences/", deviations.index, name="deviations"),
    path("bonus/", bonuses.index, name="bonuses"),
    path("bonus/new/", bonuses.new, name="new_bonus"),
    path("bonus/<slug:ref>/", bonuses.plan, name="bonus"),
    path("bonus/<slug:ref>/change/", bonuses.change, name="change_bonus"),
    path("bonus/<slug:ref>/retire/", bonuses.retire, name="retire_bonus"),
    path("bonus/<slug:ref>/export/", bonuses.export, name="export_bonus"),
    path("<slug:ref>/", views.target, name="target"),
    path("<slug:ref>/hand-down/", handing.hand_down, name="hand_down"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
