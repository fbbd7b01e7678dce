"""Where does a gateway tell us about texts and replies?"""

from django.urls import path

from loopwell.integrations.sms_http import views

app_name = "sms_http"
urlpatterns = [
    path("<str:secret>/status/", views.status, name="status"),
    path("<str:secret>/reply/", views.reply, name="reply"),
]
