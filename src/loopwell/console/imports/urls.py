"""Addresses of the staff pages: imports."""

from django.urls import path

from loopwell.console.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.list_uploads, name="list"),
    path("new/<slug:kind>/", views.bring, name="new"),
    path("<slug:ref>/", views.mapping, name="mapping"),
    path("<slug:ref>/trial/", views.trial, name="trial"),
    path("<slug:ref>/result/", views.result, name="result"),
    path("<slug:ref>/rejects-<slug:phase>.csv", views.rejects, name="rejects"),
]
