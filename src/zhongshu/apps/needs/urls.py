"""Addresses of needs and shortages."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "needs"
urlpatterns = [
    path("", views.needs, name="needs"),
    path("new/", views.new_need, name="new_need"),
    path("shortages/", views.shortages, name="shortages"),
    path("shortages/new/", views.new_shortage, name="new_shortage"),
    path("shortages/<str:key>/", views.shortage, name="shortage"),
    path("shortages/<str:key>/ask/", views.ask, name="ask"),
    path("ways/<int:way>/", views.grant, name="grant"),
    path("n/<str:key>/", views.need, name="need"),
    path("n/<str:key>/call-back/", views.call_back, name="call_back"),
]
