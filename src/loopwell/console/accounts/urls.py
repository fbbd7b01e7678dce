"""Addresses of the staff pages: accounts."""

from django.urls import path

from loopwell.console.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.list_accounts, name="list"),
    path("<slug:ref>/", views.account, name="account"),
    path("<slug:ref>/edit/", views.edit, name="edit"),
]
