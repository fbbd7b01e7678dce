"""Addresses of the staff pages: webhooks."""

from django.urls import path

from loopwell.console.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.index, name="list"),
    path("add/", views.add, name="add"),
    path("<str:ref>/", views.endpoint, name="endpoint"),
    path("<str:ref>/change/", views.change, name="change"),
    path("<str:ref>/test/", views.test, name="test"),
    path("<str:ref>/secret/", views.secret, name="secret"),
    path("<str:ref>/switch/", views.switch, name="switch"),
    path("<str:ref>/resume/", views.resume, name="resume"),
    path("<str:ref>/remove/", views.remove, name="remove"),
    path("deliveries/<str:ref>/again/", views.again, name="again"),
]
