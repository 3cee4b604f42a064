"""What the check-up of a process against its people found, in words and as JSON. 体检报告."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from zhongshu.kernel.duties.from_flow import TooManyWays
from zhongshu.kernel.duties.from_flow.checkup import Block, Checkup, check_up
from zhongshu.kernel.flow import Definition, Directory

Language = Literal["zh", "en"]


def examine_people(
    definition: Definition, directory: Directory, absences: int
) -> tuple[Checkup, ...] | str:
    """The check-ups, or why it was not looked at."""
    try:
        return check_up(definition, directory, absences=absences)
    except TooManyWays as error:
        return str(error)


def is_unsafe(found: tuple[Checkup, ...] | str) -> bool:
    """Whether the release must be refused: somebody alone, nobody at all, or not decided."""
    if isinstance(found, str):
        return True
    alone = any(one.people == 1 for one in found)
    nobody = not any(one.people for one in found)
    return alone or nobody or not all(one.decided for one in found)


def lines(found: tuple[Checkup, ...] | str, definition: Definition, lang: Language) -> list[str]:
    """The report, line by line; drafters with the same findings are told together."""
    if isinstance(found, str):
        return [_say(lang, f"未能判定：{found}", f"not decided: {found}")]
    alike: dict[tuple[Any, ...], list[Checkup]] = {}
    for one in found:
        alike.setdefault((one.people, one.groups, one.blocks, one.decided), []).append(one)
    return [line for group in alike.values() for line in _told(group, definition, lang)]


def _told(group: list[Checkup], definition: Definition, lang: Language) -> list[str]:
    one = group[0]
    units = "、".join(dict.fromkeys(x.drafters.unit or "—" for x in group))
    head = [_say(lang, f"拟稿单位 {units}：", f"drafted in {units}:")]
    if not one.decided:
        head.append(_say(lang, "  未能判定，不能视为安全", "  not decided; not to be called safe"))
    if not one.people:
        return [
            *head,
            _say(lang, "  没有人能办完", "  nobody can finish it"),
            *_blocks(one, definition, lang),
        ]
    alone = one.people == 1
    fewest = _say(lang, f"  最少 {one.people} 人可以办完", f"  {one.people} people can finish it")
    mark = _say(lang, "（一人办完，不能发布）", " (alone: not to be published)") if alone else ""
    story = "  " + one.story[0 if lang == "zh" else 1]
    groups = [_say(lang, f"  可以是：{zh}", f"  for example: {en}") for zh, en in one.groups[:4]]
    return [*head, fewest + mark, story, *groups, *_blocks(one, definition, lang)]


def _blocks(one: Checkup, definition: Definition, lang: Language) -> list[str]:
    """For each absence: how many routes it blocks, the shortest of them, and where it is stuck."""
    by_absence: dict[tuple[str, ...], list[Block]] = {}
    for block in one.blocks:
        by_absence.setdefault(block.absent, []).append(block)
    return [_absence(absent, blocks, definition, lang) for absent, blocks in by_absence.items()]


def _absence(
    absent: tuple[str, ...], blocks: list[Block], definition: Definition, lang: Language
) -> str:
    def _named(nodes: Iterable[str]) -> str:
        inside = set(nodes)
        return "→".join(node.name for node in definition.nodes if node.id in inside)

    route, people = _named(blocks[0].route), "、".join(absent)
    stuck = _named(node for node, _ in blocks[0].stuck)
    zh = f"  {people}不在，" if people else "  人都在，"
    en = f"  without {people} " if people else "  with everybody there "
    zh += f"有 {len(blocks)} 条路线办不下去，如：{route}" + (f"（卡在{stuck}）" if stuck else "")
    en += f"{len(blocks)} routes are blocked, such as {route}" + (f" (at {stuck})" if stuck else "")
    return _say(lang, zh, en)


def marks(found: tuple[Checkup, ...] | str) -> dict[str, str]:
    """For a drawing: the nodes of routes that a single absence blocks, and whose."""
    if isinstance(found, str):
        return {}
    marked: dict[str, set[str]] = {}
    for one in found:
        for block in one.blocks:
            for node, people in block.stuck:
                marked.setdefault(node, set()).update(people)
    return {node: "离不开" + "、".join(sorted(people)) for node, people in marked.items() if people}


def as_json(found: tuple[Checkup, ...] | str) -> Any:
    """The same for programs."""
    if isinstance(found, str):
        return {"decided": False, "why": found}
    return [
        {
            "unit": one.drafters.unit,
            "rank": one.drafters.rank,
            "fewest": one.people,
            "story": {"zh": one.story[0], "en": one.story[1]},
            "groups": [{"zh": zh, "en": en} for zh, en in one.groups],
            "blocked": [
                {"route": sorted(block.route), "absent": list(block.absent)} for block in one.blocks
            ],
            "decided": one.decided,
        }
        for one in found
    ]


def _say(lang: Language, zh: str, en: str) -> str:
    return zh if lang == "zh" else en
