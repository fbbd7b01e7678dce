"""Addresses of the staff pages: working time."""

from django.urls import path

from loopwell.console.worktime import views

app_name = "worktime"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:ref>/", views.unit, name="unit"),
    path("<str:ref>/as-above/", views.as_above, name="as_above"),
    path("<str:ref>/days/", views.add_day, name="add_day"),
    path("<str:ref>/days/<str:day>/remove/", views.remove_day, name="remove_day"),
]
