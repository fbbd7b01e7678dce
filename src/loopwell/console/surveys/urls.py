"""Addresses of the staff pages: surveys."""

from django.urls import path

from loopwell.console.surveys import views

app_name = "surveys"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("<str:ref>/", views.survey, name="survey"),
    path("<str:ref>/edit/<slug:language>/", views.edit, name="edit"),
    path("<str:ref>/preview/<slug:language>/", views.preview, name="preview"),
    path("<str:ref>/languages/", views.languages, name="languages"),
    path("<str:ref>/publish/", views.publish, name="publish"),
    path("<str:ref>/archive/", views.archive, name="archive"),
    path("<str:ref>/versions/<int:number>/", views.version, name="version"),
]
