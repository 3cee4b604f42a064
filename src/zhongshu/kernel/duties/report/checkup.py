"""What the check-up of a process against its people found, in words and as JSON. 体检报告."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from zhongshu.kernel.duties.from_flow import TooManyWays
from zhongshu.kernel.duties.from_flow.checkup import Block, Checkup, Cured, check_up
from zhongshu.kernel.duties.from_flow.cures import Apart, Remedy
from zhongshu.kernel.flow import Definition, Directory

Language = Literal["zh", "en"]
Names = Mapping[str, str]  # what people are called; who is missing is called by the key
CURES = 4  # told of each absence; programs get them all


def examine_people(
    definition: Definition, directory: Directory, names: Names, absences: int
) -> tuple[Checkup, ...] | str:
    """The check-ups, or why it was not looked at."""
    try:
        return check_up(definition, directory, names, absences)
    except TooManyWays as error:
        return str(error)


def is_unsafe(found: tuple[Checkup, ...] | str) -> bool:
    """Whether the release must be refused: somebody alone, nobody at all, or not decided."""
    if isinstance(found, str):
        return True
    alone = any(one.people == 1 for one in found)
    nobody = not any(one.people for one in found)
    return alone or nobody or not all(one.decided for one in found)


def lines(
    found: tuple[Checkup, ...] | str, definition: Definition, names: Names, lang: Language
) -> list[str]:
    """The report, line by line; drafters with the same findings are told together."""
    if isinstance(found, str):
        return [say(lang, f"未能判定：{found}", f"not decided: {found}")]
    alike: dict[tuple[Any, ...], list[Checkup]] = {}
    for one in found:
        alike.setdefault((one.people, one.groups, one.blocks, one.decided), []).append(one)
    return [line for group in alike.values() for line in _told(group, definition, names, lang)]


def drafted(group: Iterable[Checkup], lang: Language) -> str:
    """For whose drafts something is true."""
    units = "、".join(dict.fromkeys(one.drafters.unit or "—" for one in group))
    return say(lang, f"拟稿单位 {units}：", f"drafted in {units}:")


def _told(group: list[Checkup], definition: Definition, names: Names, lang: Language) -> list[str]:
    one = group[0]
    head = [drafted(group, lang)]
    if not one.decided:
        head.append(say(lang, "  未能判定，不能视为安全", "  not decided; not to be called safe"))
    if not one.people:
        nobody = say(lang, "  没有人能办完", "  nobody can finish it")
        return [*head, nobody, *_blocks(one, definition, names, lang)]
    alone = one.people == 1
    fewest = say(lang, f"  最少 {one.people} 人可以办完", f"  {counted(one.people)} can finish it")
    mark = say(lang, "（一人办完，不能发布）", " (alone: not to be published)") if alone else ""
    groups = [say(lang, f"  可以是：{zh}", f"  for example: {en}") for zh, en in one.groups[:4]]
    return [
        *(*head, fewest + mark, "  " + say(lang, *one.story)),
        *(*groups, *_apart(one.apart, lang), *_blocks(one, definition, names, lang)),
    ]


def _apart(found: tuple[Apart, ...] | None, lang: Language) -> list[str]:
    """What to write into `conflicts`, and who must then be added."""
    if found is None:
        return [say(lang, "    补救：未能判定", "    cure: not decided")]
    told = []
    for one in found[:CURES]:
        pair = f'["{one.duties[0]}", "{one.duties[1]}"]'
        zh = f"    补救：conflicts 写入 {pair}，" + (
            f"则最少 {one.people} 人" if one.people else "并且"
        )
        en = f"    cure: conflicts with {pair}; " + (
            f"then {counted(one.people)} at least" if one.people else "and"
        )
        told += [say(lang, zh, en), *_remedies(one.remedies, lang)]
    return told


def _remedies(found: tuple[Remedy, ...] | None, lang: Language) -> list[str]:
    if found is None:
        return [say(lang, "    补救：未能判定", "    cure: not decided")]
    return [
        say(lang, "    补救：", "    cure: ") + say(lang, *remedy.told) for remedy in found[:CURES]
    ]


def _blocks(one: Checkup, definition: Definition, names: Names, lang: Language) -> list[str]:
    """For each absence: how many routes it blocks, the shortest of them, and where it is stuck;
    and what would open that one."""
    told = []
    for cured in one.cured:
        blocks = [block for block in one.blocks if block.absent == cured.absent]
        told.append("  " + absence(blocks, definition, names, lang))
        told += _remedies(cured.remedies, lang)
    return told


def absence(blocks: list[Block], definition: Definition, names: Names, lang: Language) -> str:
    """Several routes that are blocked by the same absence."""
    route, people = route_of(blocks[0], definition), called(blocks[0].absent, names)
    stuck = "→".join(n.name for n in definition.nodes if n.id in dict(blocks[0].stuck))
    zh = f"{people}不在，" if people else "人都在，"
    en = f"without {people} " if people else "with everybody there "
    zh += f"有 {len(blocks)} 条路线办不下去，如：{route}" + (f"（卡在{stuck}）" if stuck else "")
    en += routes(len(blocks), "blocked", route) + (f" (at {stuck})" if stuck else "")
    return say(lang, zh, en)


def counted(people: int) -> str:
    """So many people, in English."""
    return "one person" if people == 1 else f"{people} people"


def routes(count: int, state: str, example: str) -> str:
    """So many routes and one of them, in English."""
    what = "one route is" if count == 1 else f"{count} routes are"
    return f"{what} {state}, such as {example}"


def route_of(block: Block, definition: Definition) -> str:
    """A route by the names of its nodes."""
    return "→".join(node.name for node in definition.nodes if node.id in block.route)


def called(people: Iterable[str], names: Names) -> str:
    """People by their names."""
    return "、".join(names.get(person, person) for person in people)


def marks(found: tuple[Checkup, ...] | str, names: Names) -> dict[str, str]:
    """For a drawing: the nodes of routes that a single absence blocks, and whose."""
    if isinstance(found, str):
        return {}
    marked: dict[str, set[str]] = {}
    for one in found:
        for block in one.blocks:
            for node, people in block.stuck:
                marked.setdefault(node, set()).update(people)
    return {
        node: "离不开" + called(sorted(people), names) for node, people in marked.items() if people
    }


def as_json(found: tuple[Checkup, ...] | str) -> Any:
    """The same for programs."""
    if isinstance(found, str):
        return {"decided": False, "why": found}
    return [checkup_json(one) for one in found]


def checkup_json(one: Checkup) -> dict[str, Any]:
    """One check-up for programs."""
    return {
        "unit": one.drafters.unit,
        "rank": one.drafters.rank,
        "fewest": one.people,
        "story": both(one.story),
        "groups": [both(group) for group in one.groups],
        "blocked": [block_json(block) for block in one.blocks],
        "cures": [_cured_json(cured) for cured in one.cured],
        "apart": None if one.apart is None else [_apart_json(apart) for apart in one.apart],
        "decided": one.decided,
    }


def block_json(block: Block) -> dict[str, Any]:
    """A blocked route for programs."""
    return {"route": sorted(block.route), "absent": list(block.absent)}


def _cured_json(cured: Cured) -> dict[str, Any]:
    found = cured.remedies
    return {
        "absent": list(cured.absent),
        "route": sorted(cured.route),
        "remedies": None if found is None else [_remedy_json(one) for one in found],
    }


def _apart_json(apart: Apart) -> dict[str, Any]:
    return {
        "conflicts": list(apart.duties),
        "fewest": apart.people,
        "remedies": [_remedy_json(one) for one in apart.remedies],
    }


def _remedy_json(remedy: Remedy) -> dict[str, Any]:
    return {
        "step": remedy.step,
        "people": list(remedy.people),
        "anybody": remedy.anybody,
        "told": both(remedy.told),
    }


def both(told: tuple[str, str]) -> dict[str, str]:
    """A sentence in both languages."""
    return {"zh": told[0], "en": told[1]}


def say(lang: Language, zh: str, en: str) -> str:
    """The sentence in the language asked for."""
    return zh if lang == "zh" else en
