"""Where does the mail provider tell us about messages?"""

from django.urls import path

from loopwell.integrations.esp import views

app_name = "esp"
urlpatterns = [path("<slug:provider>/tracking/", views.tracking, name="tracking")]
