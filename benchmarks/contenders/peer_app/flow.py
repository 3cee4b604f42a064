"""The five steps as a viewflow process."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow.views import CreateProcessView, UpdateProcessView

from .models import MatterProcess


def _holder(_activation: Any) -> User:
    return User.objects.get(pk=7)


def _step() -> Any:
    return flow.View(UpdateProcessView.as_view(fields=["note"])).Assign(_holder)


class MatterFlow(flow.Flow):  # type: ignore[misc]
    """Register, propose, instruct, handle, close."""

    process_class = MatterProcess

    register = flow.Start(CreateProcessView.as_view(fields=["title"])).Next(this.propose)
    propose = _step().Next(this.instruct)
    instruct = _step().Next(this.handle)
    handle = _step().Next(this.close)
    close = _step().Next(this.end)
    end = flow.End()


def start(request: Any, title: str) -> int:
    """The first act: the process is made and its first task done."""
    first = MatterFlow.register
    activation = first.activation_class.create(first, None, None)
    activation.process.title = title
    activation.start(request)
    activation.process.save()
    activation.execute()
    return int(activation.process.pk)


def proceed(request: Any, process: int, word: str, opinion: str) -> None:
    """Every other act: the task is fetched, its right checked, and it is executed."""
    task = MatterFlow.task_class.objects.get(process_id=process, status="ASSIGNED")
    with task.activation() as activation:
        assert activation.flow_task.name == word
        assert activation.flow_task.can_execute(request.user, task)
        activation.start(request)
        activation.process.note = opinion
        activation.process.save()
        activation.execute()
