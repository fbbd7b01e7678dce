"""Addresses of the staff pages: dashboards."""

from django.urls import path

from loopwell.console.dashboards import editing, views

app_name = "dashboards"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", editing.new, name="new"),
    path("put/", editing.put, name="put"),
    path("ready/<slug:slug>/", views.show_ready, name="ready"),
    path("ready/<slug:slug>/card/<int:number>/", views.ready_card, name="ready_card"),
    path("ready/<slug:slug>/copy/", editing.copy_ready, name="copy_ready"),
    path("<slug:ref>/", views.show, name="show"),
    path("<slug:ref>/card/<int:number>/", views.card, name="card"),
    path("<slug:ref>/copy/", editing.copy, name="copy"),
    path("<slug:ref>/change/", editing.change, name="change"),
    path("<slug:ref>/delete/", editing.delete, name="delete"),
    path("<slug:ref>/text/", editing.add_text, name="add_text"),
    path("<slug:ref>/cards/<int:number>/", editing.change_card, name="change_card"),
]
