"""Addresses of the staff pages: promoters."""

from django.urls import path

from loopwell.console.promoters import offers, views

app_name = "promoters"
urlpatterns = [
    path("", views.index, name="index"),
    path("to-thank/", views.to_thank, name="to_thank"),
    path("referrals/", views.referrals, name="referrals"),
    path("referrals/<str:ref>/", views.change_referral, name="referral"),
    path("referrals/<str:ref>/forgetting/", views.forget_referral, name="forget"),
    path("offers/", offers.index, name="offers"),
    path("offers/pages/", offers.add_place, name="add_place"),
    path("offers/pages/<str:ref>/retirement/", offers.retire_place, name="retire_place"),
    path("<str:ref>/thanks/", views.thank, name="thank"),
    path("<str:ref>/reference/", views.reference, name="reference"),
]
