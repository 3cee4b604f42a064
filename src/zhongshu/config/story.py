"""`zhongshu story`: a five-person case told in the terminal by the kernel that does it. 讲一件事.

Nothing is scripted but what people press: who is asked, what is refused and why, and when it is
due, come from the engine.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import cast

import click

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow import Actor, Case, Directory, Facts, act, apply, begin
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.case import Event, Slot, Verdict
from zhongshu.kernel.flow.codec import dump_event, load_event
from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.people import Person, StandIn, Unit
from zhongshu.kernel.flow.text.format import read
from zhongshu.kernel.flow.words import refusal, tell
from zhongshu.kernel.worktime import Calendar, mainland

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # nine in the morning in Beijing
NAMES = {
    "wang": "王小满",
    "zhang": "张明远",
    "chen": "陈立",
    "zhao": "赵国安",
    "huang": "黄文",
}
ROLES = (
    "王小满（水资源科科员） 张明远（水资源科科长） 陈立（财务科长） 赵国安（副局长） 黄文（文书）"
)
AWAY = frozenset({"zhao"})
STAND_IN = StandIn("zhao", "zhang", MONDAY, MONDAY + timedelta(days=30))


def bureau(away: frozenset[str] = frozenset()) -> Directory:
    """Five invented people of an invented bureau."""
    unit = {"wang": "water", "zhang": "water", "chen": "finance"}
    people = {name: Person(name, unit.get(name, "bureau"), away=name in away) for name in NAMES}
    posts = {"finance_head": ("chen",), "records_clerk": ("huang",), "office_head": ("huang",)}
    units = {"water": Unit("water", "zhang", "zhao"), "finance": Unit("finance", "chen", "zhao")}
    return Directory(people, posts, units, (STAND_IN,))


class Story:
    """One case, told as it happens."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.names = NAMES | {node.id: node.name for node in definition.nodes}
        self.names |= {field.name: field.label for field in definition.fields}
        self.case = begin(definition, "签报〔2026〕17号", Actor("wang"))
        self.calendar = Calendar(mainland())
        self.now = MONDAY
        self.people = bureau()
        self.first: Case = self.case
        self.events: list[Event] = []

    def act(self, command: c.Command) -> None:
        """Take a step, and tell what it did or why it was refused."""
        facts = Facts(self.now, self.calendar, self.people)
        result = act(self.definition, self.case, command, facts)
        if isinstance(result, Refused):
            click.secho("   不予办理：" + refusal(result, self.names).replace("\n", "；"), fg="red")
            return
        for line in tell(result, self.names):
            click.echo(f"   · {line}")
        for row in result.asked:
            due = self.calendar.at(cast(int, row.due)) + timedelta(hours=8)
            click.echo(f"     限 {due:%m月%d日 %H:%M} 前办理")
        self.case = result.case
        self.events.append(cast(Event, result.event))

    def slot(self, who: str) -> Slot:
        """The open slot of a person, or else any open slot."""
        found = [s for a in self.case.acts.values() for s in a.slots if s.state == "open"]
        return next((s for s in found if s.holder == who), found[-1])

    def decide(self, who: str, verb: Verdict, opinion: str = "") -> None:
        """A person presses a button on what he sees."""
        slot = self.slot(who)
        seen = self.case.content.digest
        self.act(c.Decide(Actor(who), slot.id, slot.rev, seen, verb, opinion))

    def say(self, text: str, hours: float = 0) -> None:
        """The narrator, and how much time has passed."""
        self.now += timedelta(hours=hours)
        local = self.now + timedelta(hours=8)
        click.secho(f"\n{local:%m月%d日 %H:%M}  {text}", bold=True)


def shipped(name: str) -> Definition:
    """A shipped process; that it reads is what its tests are for."""
    text = files("zhongshu.config").joinpath("flows", f"{name}.toml").read_text(encoding="utf-8")
    definition = read(text)
    return cast(Definition, definition)


@click.command()
def story() -> None:
    """演示：一份签报，五个人，从起草到办结。A case of five people, told step by step."""
    story = Story(shipped("request"))
    click.echo(f"云泽市水务局（虚构）  {story.definition.name}  {story.case.head.id}\n{ROLES}")
    _drafted_and_returned(story)
    _approved_and_filed(story)
    _replayed(story)


def _drafted_and_returned(story: Story) -> None:
    story.say("王小满起草签报：购置水位监测设备，3 万元。")
    form: dict[str, Value] = {
        "subject": "购置水位监测设备",
        "text": "sha256:7f3a",
        "amount": 3_000_000,
    }
    story.act(c.Submit(Actor("wang"), form))
    story.say("王小满想自己批掉。", 0.2)
    story.decide("wang", "approve")
    story.say("张明远同意。", 0.3)
    story.decide("zhang", "approve", "拟同意，请财务科会签。")
    story.say("陈立发现金额与预算不符，退回。", 1)
    slot = story.slot("chen")
    seen = story.case.content.digest
    story.act(
        c.SendBack(Actor("chen"), slot.id, slot.rev, seen, "draft", "预算指标为 2.8 万元，请核减。")
    )
    story.say("王小满改为 2.8 万元，重新提交。", 4)
    story.act(c.Submit(Actor("wang"), {"amount": 2_800_000}))


def _approved_and_filed(story: Story) -> None:
    story.say("张明远、陈立看到改后的内容，先后同意。", 1)
    story.decide("zhang", "approve")
    story.decide("chen", "approve", "资金有着落。")
    story.say("赵国安出差。张明远是他的 AB 角，但审核过本件，不得再批。", 17.5)
    story.people = bureau(AWAY)
    story.act(c.Reseat(Actor("system:people")))
    story.say("王小满催办。", 1)
    number = next(s.id for a in story.case.acts.values() for s in a.slots if s.state == "blocked")
    story.act(c.Urge(Actor("wang"), number))
    story.say("赵国安提前回来，批准。", 1)
    story.people = bureau()
    story.act(c.Reseat(Actor("system:people")))
    story.decide("zhao", "approve", "同意。")
    story.say("黄文归档。", 4)
    story.decide("huang", "done")


def _replayed(story: Story) -> None:
    """The journal alone gives the same case."""
    case = story.first
    for event in story.events:
        case = apply(case, load_event(dump_event(event)))
    same = "一致" if case == story.case else "不一致"
    click.secho(f"\n按 {len(story.events)} 条流水重放，结果与现状{same}。", bold=True)
    if case != story.case:
        raise SystemExit(1)
