"""Addresses of handling."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "handling"
urlpatterns = [path("<str:key>/<slug:verb>/<int:number>/", views.act, name="act")]
