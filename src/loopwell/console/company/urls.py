"""Addresses of the staff pages: company."""

from django.urls import path

from loopwell.console.company import masking, people, views

app_name = "company"
urlpatterns = [
    path("", views.index, name="index"),
    path("units/add/", views.add_unit, name="add_unit"),
    path("units/<str:ref>/", views.unit, name="unit"),
    path("changes/", views.changes, name="changes"),
    path("personal-data/", masking.index, name="masking"),
    path("people/", people.index, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<str:ref>/", people.person, name="person"),
    path("people/<str:ref>/roles/add/", people.add_role, name="add_role"),
    path("people/<str:ref>/roles/remove/", people.remove_role, name="remove_role"),
    path("people/<str:ref>/invitation/", people.invite_again, name="invite"),
    path("people/<str:ref>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<str:ref>/reactivate/", people.reactivate, name="reactivate"),
]
