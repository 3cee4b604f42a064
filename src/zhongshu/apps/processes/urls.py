"""Addresses of processes."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "processes"
urlpatterns = [
    path("checkup/", views.overview, name="overview"),
    path("<slug:code>/checkup/", views.check, name="check"),
    path("<slug:code>/<int:number>/checkup/", views.check, name="check_version"),
    path("<slug:code>/checkup/report/", views.report, name="report"),
]
