"""Addresses of requests."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "requests"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/new/", views.new, name="new"),
]
