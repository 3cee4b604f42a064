"""What must happen elsewhere because of a step, in the same transaction: all of it or nothing.

A sub-case is opened for whoever drafts its caller, and reports its end; where the caller no longer
waits, it ends too. What cannot be carried out refuses the whole step, so that nobody is told of
something that did not happen. 连带办理.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.release.naming import EFFECTS
from zhongshu.office.actor import Actor, machine
from zhongshu.office.refusal import Conflict, Refusal, refuse

from .accompany import join
from .kinds import Kind, all_kinds, kind_of
from .models import Case, Draft, Link, Matter
from .processes import definition
from .steps import Done, Opening, open_one, take

OUTWARD = EFFECTS  # a number, a seal, a payment: for listeners; nothing of ours moves
FLOW = "flow"  # the machine, when a step of one matter moves another


def run(key: str, command: c.Command, by: Actor) -> Done:
    """Take one step, and everything that follows from it."""
    done, effects = take(key, command, by)
    for effect in effects:
        if effect.what not in OUTWARD:
            FOLLOW[effect.what](done.matter, dict(effect.about), by)
    return done


def _open_case(matter: Matter, about: Mapping[str, str], by: Actor) -> None:
    if about.get("link") == "reopen":
        _reopen(matter, by)
    else:
        _call(matter, about["definition"], int(about["activation"]), by)


def _reopen(matter: Matter, by: Actor) -> None:
    """The same again as a new matter of its own; the old one stays as it was."""
    opening = _like(matter, kind_of(matter.kind), link=("reopen", matter.key))
    fresh = open_one(opening, by)
    _prefill(fresh, _case(matter))
    join(earlier=matter, later=fresh, why=Link.Why.REOPENED, by=by)


def _call(matter: Matter, process: str, activation: int, by: Actor) -> None:
    """A sub-case decides this step. Whoever drafts the caller writes it."""
    case = _case(matter)
    kind = _kind(lambda one: one.process == process, process)
    drafter, parent = case.head.drafters[-1], (matter.key, activation)
    opening = _like(matter, kind, drafter=drafter, parent=parent)
    child = open_one(opening, by)
    _prefill(child, case)
    join(earlier=matter, later=child, why=Link.Why.CHILD, by=by)


def _child_ended(matter: Matter, about: Mapping[str, str], _by: Actor) -> None:
    """Tell the caller; one that has gone on without it is left alone."""
    activation, result = int(about["activation"]), about["result"]
    told = c.ChildEnded(kernel.Actor(f"system:{FLOW}"), activation, matter.key, result)
    try:
        run(about["case"], told, machine(FLOW))
    except Conflict:
        raise
    except Refusal as no:
        if not set(no.refused.codes) <= {"moved_on", "case_state"}:
            raise


def _cancel_case(matter: Matter, about: Mapping[str, str], _by: Actor) -> None:
    """The caller no longer waits: its sub-case ends, if it has not ended by itself."""
    parent = (matter.key, int(about["activation"]))
    links = Link.objects.filter(earlier=matter, why=Link.Why.CHILD).select_related("later__case")
    for link in links.order_by("pk"):
        child = load_case(link.later.case.text)
        if child.head.parent == parent and child.state not in kernel.ENDED:
            gone = c.CallerGone(kernel.Actor(f"system:{FLOW}"))
            run(link.later.key, gone, machine(FLOW))


def _open_task(matter: Matter, about: Mapping[str, str], by: Actor) -> None:
    """A leader's word becomes a matter of its own, sent off at once."""
    kind = next((one for one in all_kinds() if one.takes_tasks), None)
    if kind is None:
        raise refuse("no_task_kind")
    opening = _like(matter, kind, title=about["what"], link=("task", matter.key))
    task = open_one(opening, by)
    join(earlier=matter, later=task, why=Link.Why.TASK, by=by)
    form: dict[str, Value] = {name: about[name] for name in ("what", "who", "due")}
    run(task.key, c.Submit(kernel.Actor(by.person, by.post), changes=form), by)


def _open_counter_case(_matter: Matter, _about: Mapping[str, str], _by: Actor) -> None:
    """No process undoes an approval yet, and none that promises it is released (processes.py);
    better no than a promise."""
    raise refuse("no_counter_case")


Follow = Callable[[Matter, Mapping[str, str], Actor], None]
FOLLOW: Mapping[str, Follow] = {
    "open_case": _open_case,
    "child_ended": _child_ended,
    "cancel_case": _cancel_case,
    "open_task": _open_task,
    "open_counter_case": _open_counter_case,
}


def _case(matter: Matter) -> kernel.Case:
    """The case as this transaction has just left it."""
    return load_case(Case.objects.values_list("text", flat=True).get(pk=matter.pk))


def _kind(fits: Callable[[Kind], bool], process: str) -> Kind:
    found = next(filter(fits, all_kinds()), None)
    if found is None:
        raise refuse("no_process", process=process)
    return found


def _like(
    matter: Matter,
    kind: Kind,
    *,
    title: str = "",
    drafter: str = "",
    parent: tuple[str, int] | None = None,
    link: tuple[str, str] | None = None,
) -> Opening:
    """What a matter begins with that follows from another: as secret and as pressing."""
    return Opening(
        kind=kind.code,
        title=title or matter.title,
        grade=matter.grade,
        urgency=matter.urgency,
        weight=matter.weight,
        why_weight=matter.why_weight,
        due_at=matter.due_at if parent else None,
        drafter=drafter,
        parent=parent,
        link=link,
    )


def _prefill(matter: Matter, case: kernel.Case) -> None:
    """What the earlier form says of fields of the same name and type stands in the new draft. Files
    stay with their own matter."""
    old, new = definition(_process(case)), definition(matter.process_id)
    form = {
        name: case.content.values[name]
        for name in new.drafted
        if name in case.content.values and _same(old, new, name)
    }
    if form:
        Draft.objects.create(matter=matter, form=form, at=matter.opened_at)


def _same(old: Definition, new: Definition, name: str) -> bool:
    mine, theirs = new.field[name], old.field.get(name)
    kept = theirs is not None and (theirs.type, theirs.many) == (mine.type, mine.many)
    return kept and mine.type != "file"


def _process(case: kernel.Case) -> int:
    return Matter.objects.values_list("process", flat=True).get(key=case.head.id)
