"""Addresses of the staff pages: outbox."""

from django.urls import path

from loopwell.console.outbox import limits, never, views

app_name = "outbox"
urlpatterns = [
    path("", views.index, name="list"),
    path("colleagues/<slug:name>/", views.colleague, name="colleague"),
    path("colleagues/<slug:name>/html/", views.colleague_html, name="colleague_html"),
    path("limits/", limits.index, name="limits"),
    path("limits/<int:number>/forget/", limits.forget, name="limits_forget"),
    path("never/", never.index, name="never"),
    path("never/import/", never.bring, name="never_import"),
    path("never/addresses.csv", never.export, name="never_export"),
    path("never/<int:number>/remove/", never.remove, name="never_remove"),
    path("<str:ref>/", views.message, name="message"),
    path("<str:ref>/again/", views.again, name="again"),
    path("<str:ref>/html/", views.html, name="html"),
]
