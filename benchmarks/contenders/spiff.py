"""SpiffWorkflow: manual tasks in a row, the workflow serialised after each act.

It does less than ours: it knows no people, no rights, no to-do list and no journal; the last two
are kept beside it by the caller.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from .store import FORM, OPINION, PLAIN, connect

SPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SCHEMA = f"""{PLAIN}
create table workflow(id integer primary key, state text);
create index todo_matter on todo(matter);
"""
logging.getLogger("spiff").setLevel(logging.ERROR)


def _bpmn(steps: int) -> str:
    tasks = [f"s{i}" for i in range(steps)]
    way = ["start", *tasks, "end"]
    manual = "".join(
        f'<manualTask id="{t}" name="{t}"><incoming>f{i}</incoming><outgoing>f{i + 1}</outgoing>'
        "</manualTask>"
        for i, t in enumerate(tasks)
    )
    flows = "".join(
        f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>'
        for i, (a, b) in enumerate(pairwise(way))
    )
    return (
        f'<definitions xmlns="{SPACE}" id="d" targetNamespace="x">'
        '<process id="p" isExecutable="true"><startEvent id="start"><outgoing>f0</outgoing>'
        f'</startEvent>{manual}<endEvent id="end"><incoming>f{steps}</incoming></endEvent>'
        f"{flows}</process></definitions>"
    )


def _specification(steps: int) -> Any:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(_bpmn(steps).encode()))
    return parser.get_spec("p")


def _start(spec: Any) -> Any:
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    return workflow


def _act(workflow: Any, step: int) -> None:
    task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
    if step == 0:
        task.data.update(FORM)
    task.data.update(who=7, note=OPINION)
    task.run()
    workflow.do_engine_steps()


@contextmanager
def memory(_folder: Path, steps: int) -> Iterator[Callable[[], int]]:
    """The case in memory only."""
    spec = _specification(steps)

    def case() -> int:
        workflow = _start(spec)
        for step in range(steps):
            _act(workflow, step)
        assert workflow.is_completed()
        return steps

    yield case


@contextmanager
def text(_folder: Path, steps: int) -> Iterator[Callable[[], int]]:
    """Read from text before each act and written to text after it, no database."""
    spec = _specification(steps)
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def case() -> int:
        workflow, state = _start(spec), ""
        for step in range(steps):
            if step:
                workflow = serializer.deserialize_json(state)
            _act(workflow, step)
            state = serializer.serialize_json(workflow)
        assert workflow.is_completed()
        return steps

    yield case


@contextmanager
def durable(folder: Path, steps: int) -> Iterator[Callable[[], int]]:
    """Loaded from the database before each act, and written back whole: it knows no other way."""
    spec = _specification(steps)
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    db = connect(folder, f"spiff{steps}", SCHEMA)

    def load(case_id: int) -> Any:
        row = db.execute("select state from workflow where id = ?", (case_id,)).fetchone()
        return serializer.deserialize_json(row[0])

    def keep(case_id: int, workflow: Any) -> None:
        now, state = time.time(), serializer.serialize_json(workflow)
        db.execute("update workflow set state = ? where id = ?", (state, case_id))
        db.execute(
            "insert into journal(matter, person, act, at, note) values(?, ?, ?, ?, ?)",
            (case_id, 7, "approve", now, OPINION),
        )
        db.execute("delete from todo where matter = ?", (case_id,))
        if not workflow.is_completed():
            new = "insert into todo(matter, person, urgency, due) values(?, ?, 1, ?)"
            db.execute(new, (case_id, 8, now))

    def case() -> int:
        case_id, workflow = 0, None
        for step in range(steps):
            db.execute("begin immediate")
            if step == 0:
                workflow = _start(spec)
                case_id = db.execute("insert into workflow(state) values('')").lastrowid or 0
            else:
                workflow = load(case_id)
            _act(workflow, step)
            keep(case_id, workflow)
            db.execute("commit")
        assert workflow is not None
        assert workflow.is_completed()
        return steps

    yield case
    db.close()
