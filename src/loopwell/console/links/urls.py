"""Addresses of the staff pages: ways in without an invitation."""

from django.urls import path

from loopwell.console.links import acts, sheet, trying, views

app_name = "links"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("print/", sheet.sheets, name="print"),
    path("<str:ref>/", views.link, name="link"),
    path("<str:ref>/try/", trying.page, name="try"),
    path("<str:ref>/close/", acts.close, name="close"),
    path("<str:ref>/reopen/", acts.reopen, name="reopen"),
]
