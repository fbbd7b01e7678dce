"""Addresses of the staff pages: customers."""

from django.urls import path

from loopwell.console.customers import views

app_name = "customers"
urlpatterns = [
    path("", views.list_customers, name="list"),
    path("new/", views.add, name="new"),
    path("<slug:ref>/", views.customer, name="customer"),
    path("<slug:ref>/edit/", views.edit, name="edit"),
]
