"""What a stand-in or an appointment would change, in words and as JSON. 授权前后."""

from __future__ import annotations

from typing import Any, NamedTuple

from zhongshu.kernel.duties.from_flow.change import Change
from zhongshu.kernel.duties.from_flow.checkup import Block
from zhongshu.kernel.duties.matrix import Matrix
from zhongshu.kernel.flow import Definition

from . import matrix as matrices
from .checkup import (
    Language,
    Names,
    block_json,
    called,
    checkup_json,
    counted,
    drafted,
    route_of,
    routes,
    say,
)

Pairs = tuple[tuple[str, str], ...]


class Granted(NamedTuple):
    """Stand-ins (principal, deputy) and appointments (person, post), and what they change."""

    stand_ins: Pairs
    appointments: Pairs
    changes: tuple[Change, ...]
    fresh: matrices.Incompatible


def lines(
    found: Granted, definition: Definition, matrix: Matrix, names: Names, lang: Language
) -> list[str]:
    """What was asked, and for each kind of drafter what is different; nothing else."""
    told = matrices.lines(found.fresh, matrix, names, lang)
    alike: dict[tuple[Any, ...], list[Change]] = {}
    for one in found.changes:
        new = one.after
        alike.setdefault(
            (one.before.people, new.people, new.story, one.freed, one.fresh), []
        ).append(one)
    for group in alike.values():
        lines_ = _change(group[0], definition, names, lang)
        if lines_:
            told += [drafted([one.after for one in group], lang), *lines_]
    nothing = [say(lang, "  没有变化", "  nothing changes")]
    return [_asked(found, names, lang), *(told or nothing)]


def _asked(found: Granted, names: Names, lang: Language) -> str:
    zh = [f"{called([b], names)}代理{called([a], names)}" for a, b in found.stand_ins]
    zh += [f"{called([a], names)}任{b}" for a, b in found.appointments]
    en = [f"{called([b], names)} stands in for {called([a], names)}" for a, b in found.stand_ins]
    en += [f"{called([a], names)} holds {b}" for a, b in found.appointments]
    return say(lang, f"如果{'，'.join(zh)}：", f"if {', '.join(en)}:")


def _change(one: Change, definition: Definition, names: Names, lang: Language) -> list[str]:
    old, new = one.before.people, one.after.people
    told = []
    if not one.after.decided:
        told.append(say(lang, "  未能判定，不能视为安全", "  not decided; not to be called safe"))
    if new != old:
        zh = [f"最少 {people} 人可以办完" if people else "没有人能办完" for people in (old, new)]
        en = [counted(people) if people else "nobody" for people in (old, new)]
        told.append(
            say(lang, f"  {zh[0]}，变为{zh[1]}", f"  finished by {en[0]} before, by {en[1]} after")
        )
        told += ["  " + say(lang, *one.after.story)] if new else []
        if new == 1:
            told.append(say(lang, "  一人办完，不能发布", "  alone: not to be published"))
    told += _blocks(one.freed, definition, names, lang, ("不再办不下去", "no longer blocked"))
    told += _blocks(one.fresh, definition, names, lang, ("变得办不下去", "now blocked"))
    return told


def _blocks(
    blocks: tuple[Block, ...],
    definition: Definition,
    names: Names,
    lang: Language,
    words: tuple[str, str],
) -> list[str]:
    by_absence: dict[tuple[str, ...], list[Block]] = {}
    for block in blocks:
        by_absence.setdefault(block.absent, []).append(block)
    told = []
    for absent, some in by_absence.items():
        people, route = called(absent, names), route_of(some[0], definition)
        zh = f"{people}不在时" if people else "人都在时"
        en = f"without {people}" if people else "with everybody there"
        told.append(
            say(
                lang,
                f"  {zh}，{len(some)} 条路线{words[0]}，如：{route}",
                f"  {en} {routes(len(some), words[1], route)}",
            )
        )
    return told


def as_json(found: Granted) -> dict[str, Any]:
    """The same for programs; "before" is in the report itself."""
    return {
        "stand_ins": [list(pair) for pair in found.stand_ins],
        "appointments": [list(pair) for pair in found.appointments],
        "after": [
            {
                **checkup_json(one.after),
                "fewest_before": one.before.people,
                "freed": [block_json(block) for block in one.freed],
                "fresh": [block_json(block) for block in one.fresh],
            }
            for one in found.changes
        ],
        "incompatible": matrices.as_json(found.fresh),
    }
