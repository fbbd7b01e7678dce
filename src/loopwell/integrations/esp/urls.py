"""Where does the mail provider tell us about messages, and bring replies?"""

from django.urls import path

from loopwell.integrations.esp import inbound, views

app_name = "esp"
urlpatterns = [
    path("<slug:provider>/tracking/", views.tracking, name="tracking"),
    path("<slug:provider>/inbound/", inbound.inbound, name="inbound"),
]
