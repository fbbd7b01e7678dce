"""Addresses of the staff pages: contact rules."""

from django.urls import path

from loopwell.console.contact import views

app_name = "contact"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("add/", views.add, name="add"),
    path("limits/", views.limits, name="limits"),
    path("effect/", views.effect, name="effect"),
    path("<int:number>/", views.change, name="change"),
    path("<int:number>/move/", views.move, name="move"),
    path("<int:number>/remove/", views.remove, name="remove"),
]
