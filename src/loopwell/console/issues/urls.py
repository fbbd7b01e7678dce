"""Addresses of the staff pages: raised issues."""

from django.urls import path

from loopwell.console.issues import acting, raising, views

app_name = "issues"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", raising.new, name="new"),
    path("<str:ref>/", views.issue, name="issue"),
    path("<str:ref>/<slug:verb>/", acting.act, name="act"),
]
