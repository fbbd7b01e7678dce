"""Address of the staff page: what our own people say."""

from django.urls import path

from loopwell.console.employees import views

app_name = "employees"
urlpatterns = [path("", views.index, name="index")]
