"""Addresses of targets."""

from __future__ import annotations

from django.urls import path

from .views import indicator, tree, versions

app_name = "targets"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("wall/", tree.wall, name="wall"),
    path("score/", tree.score, name="score"),
    path("score/print/", tree.score_printed, name="score_printed"),
    path("score/pdf/", tree.score_pdf, name="score_pdf"),
    path("score/export/", tree.score_exported, name="score_exported"),
    path("score/<int:year>/adjust/", versions.adjust, name="adjust"),
    path("table/", tree.taken_away, name="table"),
    path("propose/", versions.propose, name="propose"),
    path("version/<str:key>/", versions.version, name="version"),
    path("version/<str:key>/decide/", versions.decide, name="decide"),
    path("section/<str:unit>/", tree.responsibility, name="responsibility"),
    path("result/<int:result>/verify/", indicator.verify, name="verify"),
    path("i/<str:key>/", indicator.indicator, name="indicator"),
    path("i/<str:key>/judge/", indicator.judge, name="judge"),
]
