"""Addresses of handling."""

from __future__ import annotations

from django.urls import path

from . import beside, views

app_name = "handling"
urlpatterns = [
    path("<str:key>/<slug:verb>/<int:number>/", views.act, name="act"),
    path("<str:key>/comment/", beside.comment, name="comment"),
    path("<str:key>/watch/", beside.watch, name="watch"),
    path("<str:key>/tag/", beside.tag, name="tag"),
    path("<str:key>/untag/", beside.untag, name="untag"),
    path("<str:key>/link/", beside.link, name="link"),
    path("<str:key>/unlink/", beside.unlink, name="unlink"),
]
