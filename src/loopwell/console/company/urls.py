"""Addresses of the staff pages: company."""

from django.urls import path

from loopwell.console.company import views

app_name = "company"
urlpatterns = [
    path("", views.index, name="index"),
]
