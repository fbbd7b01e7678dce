"""Addresses of the staff pages: programmes."""

from django.urls import path

from loopwell.console.programmes import acts, views

app_name = "programmes"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.choose, name="choose"),
    path("new/<slug:kind>/", views.new, name="new"),
    path("new/<slug:kind>/reach/", views.reach, name="reach"),
    path("<str:ref>/", views.programme, name="programme"),
    path("<str:ref>/change/", views.change, name="change"),
    path("<str:ref>/<slug:verb>/", acts.act, name="act"),
]
