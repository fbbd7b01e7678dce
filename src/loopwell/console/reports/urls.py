"""Addresses of the staff pages: monthly reports."""

from django.urls import path

from loopwell.console.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:unit>/", views.unit, name="unit"),
    path("<str:unit>/<str:month>/", views.report, name="report"),
    path("<str:unit>/<str:month>/xlsx/", views.workbook, name="xlsx"),
]
