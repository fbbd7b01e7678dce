"""Where are the pages of channels and of the mailbox for replies?"""

from django.urls import path

from loopwell.console.channels import mailbox, views

app_name = "channels"
urlpatterns = [
    path("", views.index, name="index"),
    path("mailbox/", mailbox.index, name="mailbox"),
    path("mailbox/removal/", mailbox.remove, name="remove_mailbox"),
    path("<slug:name>/test/", views.test, name="test"),
]
