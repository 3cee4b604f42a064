"""Addresses of processes."""

from __future__ import annotations

from django.urls import path

from .views import examined, library, moving, retiring, watched, writing

app_name = "processes"
urlpatterns = [
    path("", library.index, name="index"),
    path("checkup/", examined.overview, name="overview"),
    path("powers/", watched.powers, name="powers"),
    path("powers/sheet/", watched.powers_sheet, name="powers_sheet"),
    path("changes/", watched.history, name="history"),
    path("sketches/", writing.begin, name="begin"),
    path("sketches/<slug:key>/", writing.sketch, name="sketch"),
    path("sketches/<slug:key>/drawing.svg", writing.sketch_drawing, name="sketch_drawing"),
    path("sketches/<slug:key>/drop/", writing.drop, name="drop"),
    path("moves/<slug:key>/", moving.move, name="move"),
    path("moves/<slug:key>/carry/", moving.carry, name="move_carry"),
    path("moves/<slug:key>/again/", moving.again, name="move_again"),
    path("moves/<slug:key>/drop/", moving.drop, name="move_drop"),
    path("sketches/<slug:key>/propose/", writing.propose, name="propose"),
    path("sketches/<slug:key>/text/", writing.sketch_text, name="sketch_text"),
    path("sketches/<slug:key>/history/", writing.sketch_history, name="sketch_history"),
    path("sketches/<slug:key>/compare/", writing.sketch_compare, name="sketch_compare"),
    path("sketches/<slug:key>/process.<slug:form>", writing.sketch_file, name="sketch_file"),
    path("sketches/<slug:key>/<slug:part>/", writing.sketch, name="part"),
    path("<slug:code>/", library.show, name="show"),
    path("<slug:code>/<int:number>/", library.show, name="version"),
    path("<slug:code>/<int:number>/drawing.svg", library.drawing, name="drawing"),
    path("<slug:code>/<int:number>/process.toml", library.text, name="text"),
    path("<slug:code>/<int:number>/process.bpmn", library.diagram, name="diagram"),
    path("<slug:code>/<int:number>/release/", library.release, name="release"),
    path("<slug:code>/<int:number>/retire/", retiring.ask, name="retire"),
    path("<slug:code>/<int:number>/retire/confirm/", retiring.confirm, name="retire_confirm"),
    path("<slug:code>/<int:number>/move/", moving.plan, name="move_plan"),
    path("<slug:code>/checkup/", examined.check, name="check"),
    path("<slug:code>/<int:number>/checkup/", examined.check, name="check_version"),
    path("<slug:code>/checkup/report/", examined.report, name="report"),
]
