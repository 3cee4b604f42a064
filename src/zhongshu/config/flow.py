"""`zhongshu flow`: check a process definition, or draw it. 流程检查与绘图."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from zhongshu.kernel.duties.from_flow.change import granting
from zhongshu.kernel.duties.from_flow.incompatible import UnknownDuty
from zhongshu.kernel.duties.matrix_data import SHIPPED
from zhongshu.kernel.duties.report.checkup import examine_people, marks
from zhongshu.kernel.duties.report.people import (
    Asked,
    Bureau,
    PeopleCheck,
    check_people,
    strangers,
)
from zhongshu.kernel.duties.report.whatif import Pairs
from zhongshu.kernel.flow import Definition, Directory
from zhongshu.kernel.flow.drawing.draw import draw, is_drawable
from zhongshu.kernel.flow.findings import Finding, is_refused
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.flow.release.telling import Language, sentence
from zhongshu.kernel.flow.text.format import LARGEST, read

from .people_file import PeopleFileError, read_people

REFUSED, UNREADABLE = 1, 2
FILE = click.Path(path_type=Path)
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 language")
MARKS = {"error": ("错误", "error"), "warning": ("提醒", "warning")}


@click.group()
def flow() -> None:
    """流程定义：检查、绘图。 Process definitions: check and draw."""


@flow.command("check")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="供程序读取 for programs")
@click.option("--people", type=FILE, help="岗位与人员表 who holds which post (CSV or TOML)")
@click.option(
    "--absent", type=click.IntRange(0, 4), default=1, help="缺几个人时还要能办 how many may be away"
)
@click.option(
    "--grant-stand-in",
    "stand_ins",
    metavar="A:B",
    multiple=True,
    callback=lambda *args: _pairs(args[2]),
    help="假如 B 代理 A，有何变化 what changes if B stands in for A",
)
@click.option(
    "--appoint",
    "appointments",
    metavar="PERSON:POST",
    multiple=True,
    callback=lambda *args: _pairs(args[2]),
    help="假如某人任某岗，有何变化 what changes if a person holds a post",
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="按哪一天的不相容职责矩阵 the matrix of incompatible duties of this day; today",
)
@LANG
def check_command(
    file: Path, people: Path | None, lang: str, *, as_json: bool, **options: Any
) -> None:
    """检查流程能否发布；给出人员表时，证明最少几个人能办完、谁不在就办不下去。

    Check whether a process may be published; with a list of people also prove how few can finish
    it and whose absence blocks it, what would cure that, and which duties do not go together.
    """
    language = cast(Language, lang)
    asked = _asked(**options)
    if people is None and (asked.stand_ins or asked.appointments):
        raise click.UsageError("--people")
    bureau = None if people is None else _people(people, language)
    there = granting(bureau.directory, asked.stand_ins, asked.appointments) if bureau else None
    definition, findings = examine(_text(file, language), there)
    refused = is_refused(findings)
    found: PeopleCheck | None = None
    if people and bureau and definition and not refused:
        found = _against(definition, bureau, asked, people, language)
        refused = found.refused
    if as_json:
        click.echo(_json(findings, found, refused=refused))
    else:
        _tell(findings, definition, language)
        for line in found.lines(language) if found else ():
            click.echo(line)
    sys.exit(REFUSED if refused else 0)


def _asked(absent: int, day: datetime | None, stand_ins: Pairs, appointments: Pairs) -> Asked:
    on = datetime.now().astimezone() if day is None else day
    return Asked(absent, on.date(), stand_ins, appointments)


def _pairs(words: tuple[str, ...]) -> Pairs:
    pairs = [(one, other) for one, _, other in (word.partition(":") for word in words)]
    for word, pair in zip(words, pairs, strict=True):
        if not all(pair):
            raise click.BadParameter(word)
    return tuple(pairs)


def _against(
    definition: Definition, bureau: Bureau, asked: Asked, file: Path, lang: Language
) -> PeopleCheck:
    unknown = strangers(definition, bureau, asked)
    if unknown:
        raise click.BadParameter("、".join(dict.fromkeys(unknown)))
    if not any(matrix.since <= asked.day for matrix in SHIPPED):
        raise click.BadParameter(f"--on {asked.day}")
    try:
        return check_people(definition, bureau, asked)
    except UnknownDuty as error:
        _unreadable(file, f"duties: {error}?", lang)


@flow.command("draw")
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=FILE, help="SVG 文件 where to write it; - for stdout")
@click.option("--people", type=FILE, help="标出离不开某人的环节 mark whom a node cannot do without")
@LANG
def draw_command(file: Path, output: Path | None, people: Path | None, lang: str) -> None:
    """画出流程图（SVG）。 Draw a process as SVG, beside the file unless told otherwise."""
    language = cast(Language, lang)
    found = read(_text(file, language))
    if not isinstance(found, Definition):
        _tell(found, None, language)
        sys.exit(REFUSED)
    if not is_drawable(found):
        words = ("节点或去向太多，画出来也看不清", "too many nodes or edges for a picture")
        click.echo(words[language == "en"], err=True)
        sys.exit(REFUSED)
    weak = _weak(found, _people(people, language)) if people else None
    _write(
        output
        or file.with_name(f"{file.stem}.svg" if file.suffix == ".toml" else f"{file.name}.svg"),
        draw(found, marks=weak),
        language,
    )


def _weak(definition: Definition, bureau: Bureau) -> dict[str, str]:
    return marks(examine_people(definition, bureau.directory, bureau.names, 1), bureau.names)


def _write(target: Path, svg: str, lang: Language) -> None:
    if target == Path("-"):
        click.echo(svg, nl=False)
        return
    try:
        target.write_text(svg, encoding="utf-8")
    except OSError as error:
        _unreadable(target, str(error), lang, ("写不了", "cannot write"))
    click.echo(click.format_filename(target))


def examine(
    text: str, people: Directory | None = None
) -> tuple[Definition | None, tuple[Finding, ...]]:
    """The definition in a text, if it can be read, and everything found about it."""
    found = read(text)
    if isinstance(found, Definition):
        return found, check(found, people)
    return None, found


def _tell(findings: tuple[Finding, ...], definition: Definition | None, lang: Language) -> None:
    at = 0 if lang == "zh" else 1
    for one in findings:
        click.echo(f"{MARKS[one.severity][at]}  {sentence(one, definition, lang)}")
    errors = sum(one.severity == "error" for one in findings)
    click.echo(_verdict(errors, len(findings) - errors, lang))


def _verdict(errors: int, warnings: int, lang: Language) -> str:
    if lang == "zh":
        verdict = "不能发布" if errors else "可以发布"
        return f"{verdict}：{errors} 处错误，{warnings} 处提醒。"
    verdict = "refused" if errors else "may be published"
    return f"{verdict}: {errors} errors, {warnings} warnings."


def _json(findings: tuple[Finding, ...], found: PeopleCheck | None, *, refused: bool) -> str:
    rows = [
        {
            "severity": one.severity,
            "code": one.code,
            "where": one.where,
            "about": dict(one.about),
            "witness": list(one.witness),
        }
        for one in findings
    ]
    report: dict[str, Any] = {"refused": refused, "findings": rows}
    if found is not None:
        report |= found.as_json()
    return json.dumps(report, ensure_ascii=False, indent=2)


def _text(file: Path, lang: Language) -> str:
    try:
        with file.open(encoding="utf-8-sig") as stream:
            return stream.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        _unreadable(file, str(error), lang)


def _people(file: Path, lang: Language) -> Bureau:
    try:
        return read_people(file)
    except PeopleFileError as error:
        _unreadable(file, str(error), lang)


READING = ("读不了", "cannot read")


def _unreadable(file: Path, why: str, lang: Language, words: tuple[str, str] = READING) -> NoReturn:
    click.echo(f"{words[lang == 'en']} {click.format_filename(file)}: {why}", err=True)
    sys.exit(UNREADABLE)
