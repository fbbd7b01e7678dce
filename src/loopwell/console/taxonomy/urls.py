"""Addresses of the staff pages: the taxonomy."""

from django.urls import path

from loopwell.console.taxonomy import acts, intake, theme, tree

app_name = "taxonomy"
urlpatterns = [
    path("", tree.index, name="index"),
    path("new/", theme.new, name="new"),
    path("history/", theme.history, name="history"),
    path("history/<int:number>/", theme.version, name="version"),
    path("take-in/", intake.index, name="take_in"),
    path("take-in/ready/<slug:name>/", intake.ready, name="ready"),
    path("take-in/file/", intake.file, name="file"),
    path("export/", intake.export, name="export"),
    path("proposed/<slug:slug>/", tree.decide, name="decide"),
    path("<slug:slug>/", theme.theme, name="theme"),
    path("<slug:slug>/move/", acts.move, name="move"),
    path("<slug:slug>/merge/", acts.merge, name="merge"),
    path("<slug:slug>/split/", acts.split, name="split"),
    path("<slug:slug>/retire/", acts.retire, name="retire"),
    path("<slug:slug>/restore/", theme.restore, name="restore"),
]
