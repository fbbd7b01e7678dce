"""Addresses of the staff pages: rules that read comments."""

from django.urls import path

from loopwell.console.text_rules import acts, writing

app_name = "text_rules"
urlpatterns = [
    path("", acts.index, name="index"),
    path("new/", writing.new, name="new"),
    path("try/", writing.try_new, name="try"),
    path("<str:ref>/", writing.change, name="change"),
    path("<str:ref>/try/", writing.try_change, name="try_change"),
    path("<str:ref>/switch/", acts.switch, name="switch"),
    path("<str:ref>/remove/", acts.remove, name="remove"),
]
