"""Addresses of the staff pages: surveys."""

from django.urls import path

from loopwell.console.surveys import (
    questions,
    results,
    starting,
    translations,
    trying,
    views,
    words,
)

app_name = "surveys"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", starting.choose, name="new"),
    path("new/empty/", views.new, name="new_empty"),
    path("new/<slug:key>/", starting.start, name="start"),
    path("<str:ref>/", views.survey, name="survey"),
    path("<str:ref>/edit/<slug:language>/", words.edit, name="edit"),
    path("<str:ref>/preview/<slug:language>/", words.preview, name="preview"),
    path("<str:ref>/languages/", views.languages, name="languages"),
    path("<str:ref>/publish/", words.publish, name="publish"),
    path("<str:ref>/archive/", views.archive, name="archive"),
    path("<str:ref>/questions/new/<slug:kind>/", questions.add, name="add_question"),
    path("<str:ref>/questions/<slug:key>/", questions.change, name="question"),
    path("<str:ref>/questions/<slug:key>/remove/", questions.remove, name="remove_question"),
    path("<str:ref>/questions/<slug:key>/move/", questions.move, name="move_question"),
    path("<str:ref>/test/", trying.send, name="test"),
    path("<str:ref>/test-answers/delete/", trying.delete, name="delete_test_answers"),
    path("<str:ref>/translations/", translations.index, name="translations"),
    path("<str:ref>/translations/bring/", translations.bring, name="bring_texts"),
    path("<str:ref>/translations/apply/", translations.apply, name="apply_texts"),
    path(
        "<str:ref>/translations/<slug:language>/<slug:kind>/",
        translations.export,
        name="export_texts",
    ),
    path("<str:ref>/results/", results.results, name="results"),
    path("<str:ref>/versions/<int:number>/", views.version, name="version"),
]
