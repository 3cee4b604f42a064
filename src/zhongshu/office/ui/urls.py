"""The gallery of components, and the switches of every page."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("night/", views.night, name="night"),
    path("language/", views.language, name="language"),
]
