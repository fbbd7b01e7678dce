"""Addresses of the staff pages: Explore."""

from django.urls import path

from loopwell.console.explore import keeping, views

app_name = "explore"
urlpatterns = [
    path("", views.index, name="index"),
    path("filters/", views.filters, name="filters"),
    path("export/<str:kind>/", views.export, name="export"),
    path("kept/", keeping.kept, name="kept"),
    path("keep/", keeping.keep, name="keep"),
    path("kept/<slug:ref>/", keeping.open_kept, name="question"),
    path("kept/<slug:ref>/change/", keeping.change, name="change"),
    path("kept/<slug:ref>/delete/", keeping.delete, name="delete"),
    path("kept/<slug:ref>/mail/", keeping.mail, name="mail"),
]
