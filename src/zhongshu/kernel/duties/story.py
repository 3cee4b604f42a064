"""Proofs told to people, in Chinese and English.

王起草；李外出，王代其审核。
Wang drafts; Li is away, and Wang as stand-in reviews.
"""

from __future__ import annotations

from collections.abc import Sequence

from .coalition import Group
from .model import OWN, Ground, Label, Plan, Process, Staff, Step, places_of
from .problem import START, Case

NAMED = 5  # a crowd up to this size is told by its names
# {who} the person, {does} the verb of the step, {of} the person or post of the ground.
GROUNDS = {
    "own": Label("{who}{does}", "{who} {does}"),
    "stand_in": Label("{of}外出，{who}代其{does}", "{of} is away, and {who} as stand-in {does}"),
    "fallback": Label(
        "无人可办，{who}兜底{does}", "nobody else is left, and {who} as fallback {does}"
    ),
    "transfer": Label("{of}转办，{who}{does}", "{of} transfers it, and {who} {does}"),
    "added": Label("{of}加签，{who}{does}", "{of} adds a signer, and {who} {does}"),
    "override": Label("{who}以特批席位{does}", "{who} in the override seat {does}"),
}
# The same, where the ground names nobody.
UNNAMED = {
    "stand_in": Label("{who}作为代理人{does}", "{who} as stand-in {does}"),
    "transfer": Label("经转办，{who}{does}", "after a transfer {who} {does}"),
    "added": Label("经加签，{who}{does}", "as an added signer {who} {does}"),
}
DONE = Label("{who}已{does}", "{who} has done this: {does}")


def ground_of(process: Process, step: str, place: int) -> Ground:
    """The first ground that lets this person take this step (the own post, if none does)."""
    for grant in process.grants:
        if grant.step == step and grant.people >> place & 1:
            return grant.ground
    return OWN


def tell(process: Process, plan: Plan, case: Case = START) -> Label:
    """The plan, step by step, with the ground of every act."""
    steps = {step.key: step for step in process.steps}
    done = dict(case.done)
    told = [_act(process, steps[key], place, already=key in done) for key, place in plan.acts]
    return Label(
        "；".join(act.zh for act in told) + "。",
        "; ".join(act.en for act in told) + ".",
    )


def _act(process: Process, step: Step, place: int, *, already: bool) -> Label:
    ground = ground_of(process, step.key, place)
    words = GROUNDS[ground.kind]
    if already:
        words = DONE
    elif ground.of is None:
        words = UNNAMED.get(ground.kind, words)
    who, of = process.staff.people[place].label, ground.of or Label("", "")
    return Label(
        words.zh.format(who=who.zh, does=step.label.zh, of=of.zh),
        words.en.format(who=who.en, does=step.label.en, of=of.en),
    )


def tell_group(staff: Staff, group: Group) -> Label:
    """A group of people, as "any 1 of Wang, Li and Zhao, with Qian"."""
    parts = [_some(staff, crowd, count) for crowd, count in group]
    return Label("，加".join(part.zh for part in parts), ", with ".join(part.en for part in parts))


def _some(staff: Staff, crowd: int, count: int) -> Label:
    size = crowd.bit_count()
    members = [staff.people[place].label for place in places_of(crowd, NAMED)]
    zh = "、".join(label.zh for label in members)
    en = listed([label.en for label in members])
    if size > NAMED:
        first = members[0]
        zh, en = f"{first.zh}等{size}人", f"{first.en} and {size - 1} others"
    if count == size:
        return Label(zh, en)
    return Label(f"{zh}中任{count}人", f"any {count} of {en}")


def listed(names: Sequence[str]) -> str:
    """Names in an English list."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]
