"""Addresses of the staff pages: customers."""

from django.urls import path

from loopwell.console.customers import views

app_name = "customers"
urlpatterns = [
    path("", views.list, name="list"),
]
