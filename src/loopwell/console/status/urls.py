"""Addresses of the staff pages: status."""

from django.urls import path

from loopwell.console.status import views

app_name = "status"
urlpatterns = [
    path("", views.index, name="index"),
    path("parked/", views.retry_parked, name="retry_parked"),
    path("jobs/<str:ref>/", views.retry_job, name="retry_job"),
]
