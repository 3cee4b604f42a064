"""The same few tables as in `store.py`, as Django models."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django_fsm import FSMField, transition
from viewflow.workflow.models import Process

from contenders.store import OPINION


class Matter(models.Model):
    """A state that the caller names."""

    title = models.CharField(max_length=200)
    state = models.CharField(max_length=30, default="draft")
    version = models.IntegerField(default=0)


class Journal(models.Model):
    """One row per act. `matter` points into the table of whichever contender wrote it."""

    matter = models.BigIntegerField(db_index=True)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    act = models.CharField(max_length=30)
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField()


class Todo(models.Model):
    """One row per person who has something to do."""

    matter = models.BigIntegerField(db_index=True)
    person = models.ForeignKey(User, models.CASCADE, db_index=False, related_name="+")
    urgency = models.IntegerField(default=1)
    due = models.DateTimeField()
    open = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(models.F("person"), models.F("urgency").desc(), models.F("due"), name="ix")
        ]


def tell(matter: int) -> None:
    """One journal row."""
    Journal.objects.create(matter=matter, person_id=7, act="approve", note=OPINION)


def keep(matter: int, person: int, due: datetime, *, close: bool) -> None:
    """One journal row and one to-do row; `close`: the one before it is done."""
    tell(matter)
    if close:
        Todo.objects.filter(matter=matter, open=True).update(open=False)
    Todo.objects.create(matter=matter, person_id=person, due=due)


class Guarded(models.Model):
    """A matter whose state django-fsm-2 guards."""

    title = models.CharField(max_length=200)
    state = FSMField(default="new", protected=True)

    @transition(field=state, source="new", target="register")
    def register(self) -> None:
        """登记."""

    @transition(field=state, source="register", target="propose")
    def propose(self) -> None:
        """拟办."""

    @transition(field=state, source="propose", target="instruct")
    def instruct(self) -> None:
        """批示."""

    @transition(field=state, source="instruct", target="handle")
    def handle(self) -> None:
        """承办."""

    @transition(field=state, source="handle", target="close")
    def close(self) -> None:
        """办结."""


class MatterProcess(Process):
    """A matter that viewflow moves."""

    title = models.CharField(max_length=200, default="")
    note = models.CharField(max_length=200, default="", blank=True)
