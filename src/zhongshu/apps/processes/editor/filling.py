"""A form that was sent, kept in the sketch. 存下表单."""

from __future__ import annotations

from zhongshu.apps.processes import actions
from zhongshu.apps.processes.editing import verbs
from zhongshu.apps.processes.editing.document import Posted, fresh
from zhongshu.apps.processes.models import Sketch
from zhongshu.kernel.flow.text.document import Document, load, spell
from zhongshu.kernel.flow.text.format import LARGEST
from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import refuse

from .judging import title
from .pickers import relations

BEGINNING = """format = 1
id = "process_1"
name = "新流程"
version = 1
min_deciders = 1

[[nodes]]
id = "draft"
name = "填报"
kind = "draft"
next = "step_1"

[[nodes]]
id = "step_1"
name = "审批"
kind = "decide"
seats = [{ relation = "unit_head", name = "申请人的部门负责人" }]
limit = "1d"
next = "end"

[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""


def fill(sketch: Sketch, part: str, posted: Posted, by: Actor) -> tuple[Sketch, verbs.Edited]:
    """The sketch with what was filled in. A text that no form can show stays as it is, and one in
    which nothing was changed keeps its comments."""
    names = {**people.bureau().names, **dict(relations())}
    done: list[verbs.Edited] = []

    def _change(text: str) -> str:
        document = load(text)
        edited = verbs.edit(document or {}, part, posted, names)
        done.append(edited)
        if document is None or edited.document == document:
            return text
        made = spell(edited.document)
        if len(made) > LARGEST:
            raise refuse("sketch_too_large")
        return made

    told = f"{part}:{title(part, load(sketch.text) or {})}"
    kept = actions.keep_sketch(sketch=sketch, change=_change, part=told, by=by)
    return kept, done[-1]


def anew(text: str, name: str, taken: list[str]) -> str:
    """The text as a process of its own, under a name and an id that no other has."""
    document = load(text)
    if document is None:
        return text
    return spell(renamed(document, name, taken))


def renamed(document: Document, name: str, taken: list[str]) -> Document:
    """The process as another one."""
    return {**document, "id": fresh(taken, "process"), "name": name, "version": 1}
