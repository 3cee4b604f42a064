"""Addresses of incoming documents."""

from __future__ import annotations

from django.urls import path

from .views import arriving, registering, returning

app_name = "documents"
urlpatterns = [
    path("tray/", arriving.tray, name="tray"),
    path("tray/add/", arriving.add, name="add"),
    path("tray/progress/<key:batch>/", arriving.progress, name="progress"),
    path("tray/paper/", registering.paper, name="paper"),
    path("tray/<key:key>/", registering.page, name="register"),
    path("tray/<key:key>/propose/", registering.propose, name="propose"),
    path("tray/<key:key>/apart/", arriving.apart, name="apart"),
    path("tray/<key:key>/same/", arriving.same, name="same"),
    path("tray/<key:key>/destroy/", arriving.destroy, name="destroy"),
    path("tray/<key:key>/return/", returning.send_back, name="send_back"),
    path("return/<key:key>/", returning.at_review, name="return"),
    path("returned/<key:key>/", returning.slip, name="return_slip"),
]
