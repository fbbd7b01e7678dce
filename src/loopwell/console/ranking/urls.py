"""Address of the staff page: units compared."""

from django.urls import path

from loopwell.console.ranking import views

app_name = "ranking"
urlpatterns = [path("", views.index, name="index")]
