"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("reading/", views.reading, name="reading"),
    path("matters/", views.matters, name="matters"),
    path("m/<str:key>/", views.matter, name="matter"),
]
