"""Where does Twilio tell us about texts and replies?"""

from django.urls import path

from loopwell.integrations.twilio import views

app_name = "twilio"
urlpatterns = [
    path("status/", views.status, name="status"),
    path("reply/", views.reply, name="reply"),
]
