"""Addresses of the staff pages: cases."""

from django.urls import path

from loopwell.console.cases import (
    bulk,
    casework,
    helping,
    merging,
    presence,
    promises,
    queue,
    talking,
    telling,
    writing,
)

app_name = "cases"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("many/", bulk.bulk, name="bulk"),
    path("many/<str:job>/", bulk.progress, name="bulk_progress"),
    path("approvals/", promises.approvals, name="approvals"),
    path("approvals/<str:redress>/", helping.decide, name="decide"),
    path("limits/", promises.limits_page, name="limits"),
    path("actions/", promises.actions, name="actions"),
    path("actions/<str:action>/", promises.finish, name="finish"),
    path("<str:ref>/", casework.case, name="case"),
    path("<str:ref>/told/", telling.told, name="told"),
    path("<str:ref>/redress/", helping.redress, name="redress"),
    path("<str:ref>/actions/", helping.action, name="action"),
    path("<str:ref>/number/", helping.number, name="number"),
    path("<str:ref>/coaching/", helping.coaching, name="coaching"),
    path("<str:ref>/notes/", talking.remark, name="remark"),
    path("<str:ref>/files/", talking.add_file, name="add_file"),
    path("<str:ref>/files/<str:file>/", talking.file, name="file"),
    path("<str:ref>/files/<str:file>/delete/", talking.delete_file, name="delete_file"),
    path("<str:ref>/letters/", writing.write, name="letter"),
    path("<str:ref>/letters/<str:letter>/again/", writing.again, name="letter_again"),
    path("<str:ref>/presence/", presence.poll, name="presence"),
    path("<str:ref>/merging/", merging.merge, name="merging"),
    path("<str:ref>/attempts/", casework.attempt, name="attempt"),
    path("<str:ref>/callback/", casework.callback, name="callback"),
    path("<str:ref>/owner/", casework.owner, name="owner"),
    path("<str:ref>/draft/", casework.draft, name="draft"),
    path("<str:ref>/closure/", casework.closure, name="closure"),
    path("<str:ref>/reopening/", casework.reopening, name="reopening"),
]
