"""Addresses of the staff pages: cases."""

from django.urls import path

from loopwell.console.cases import casework, causes, views

app_name = "cases"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("rules/", views.rules, name="rules"),
    path("rules/new/", views.save_rule, name="new_rule"),
    path("rules/<str:ref>/", views.save_rule, name="save_rule"),
    path("causes/", causes.causes, name="causes"),
    path("causes/new/", causes.add_cause, name="add_cause"),
    path("causes/<slug:slug>/", causes.change_cause, name="change_cause"),
    path("<str:ref>/", casework.case, name="case"),
    path("<str:ref>/attempts/", casework.attempt, name="attempt"),
    path("<str:ref>/callback/", casework.callback, name="callback"),
    path("<str:ref>/owner/", casework.owner, name="owner"),
    path("<str:ref>/draft/", casework.draft, name="draft"),
    path("<str:ref>/closure/", casework.closure, name="closure"),
    path("<str:ref>/reopening/", casework.reopening, name="reopening"),
]
