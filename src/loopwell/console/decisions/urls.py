"""Addresses of the staff pages: why a customer was asked, or not."""

from django.urls import path

from loopwell.console.decisions import views

app_name = "decisions"
urlpatterns = [
    path("", views.index, name="list"),
    path("export/", views.export, name="export"),
]
