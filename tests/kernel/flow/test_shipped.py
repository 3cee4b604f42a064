"""The shipped definitions: sound, told in Chinese, and played from draft to approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import pytest

from zhongshu.kernel.flow import Actor, Case, Definition, Directory, Facts, Outcome, act, begin
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.definition import NodeKind
from zhongshu.kernel.flow.people import Person, Unit
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.flow.text.format import read

from .world import ZERO, PlainCalendar

pytestmark = pytest.mark.slow

FLOWS = {
    path.name.removesuffix(".toml"): path.read_text(encoding="utf-8")
    for path in files("zhongshu.config").joinpath("flows").iterdir()
    if path.name.endswith(".toml")
}
NAMES = sorted(FLOWS)
POSTS = (
    *("records_clerk", "records_head", "office_deputy", "office_head", "director", "archivist"),
    *("legal_officer", "office_editor", "secrecy_officer", "seal_keeper", "finance_head"),
    *("personnel_head", "personnel_officer", "meeting_officer", "reception_officer"),
    *("accountant", "finance_leader", "cashier", "bookkeeper", "budget_officer", "acceptor_user"),
    *("acceptor_tech", "acceptor_asset", "deputy_one", "deputy_two", "releaser", "store_head"),
    *("keeper_a", "keeper_b", "store_clerk", "duty_leader", "supervision"),
)
STAFF = {"office_staff": "clerk_of_office", "finance_staff": "clerk_of_finance"}
OTHERS = ("drafter", "section_head", "leader", "helper", "helper_head", "reader", "printer")


def bureau() -> Directory:
    """Everybody holds one post and is called after it; the drafter works in the section."""
    names = (*POSTS, *STAFF.values(), *OTHERS)
    unit = {"drafter": "section", "section_head": "section", "helper": "branch"}
    people = {name: Person(name, unit.get(name, "bureau")) for name in names}
    posts = {post: (post,) for post in POSTS}
    posts |= {pool: (name,) for pool, name in STAFF.items()}
    posts |= {"print_room": ("printer",), "overseer": ("supervision", "director")}
    units = {
        "section": Unit("section", "section_head", "leader", "bureau"),
        "branch": Unit("branch", "helper_head", "leader", "bureau"),
        "bureau": Unit("bureau", "director"),
    }
    return Directory(people, posts, units)


@dataclass
class Office:
    """Everybody does at once what waits for him: yes, done, or a leader's words."""

    definition: Definition
    facts: Facts
    case: Case
    fills: Mapping[str, Mapping[str, Any]]
    passed: list[str] = field(default_factory=list)

    def do(self, command: c.Command) -> None:
        outcome = act(self.definition, self.case, command, self.facts)
        assert isinstance(outcome, Outcome), (command, outcome)
        self.case = outcome.case

    def step(self) -> bool:
        for one in self.case.acts.values():
            node = self.definition.by_id[one.node]
            for slot in one.slots:
                if one.state == "open" and not one.mark and slot.state == "open":
                    if not slot.holder:
                        pool = self.facts.people.posts[node.seats[slot.seat].ref]
                        self.do(c.Claim(Actor(pool[0]), slot.id, slot.rev))
                        return True
                    verb, words = {
                        NodeKind.DECIDE: ("approve", ""),
                        NodeKind.INSTRUCT: ("instruct", "请主办部门办理"),
                    }.get(node.kind, ("done", ""))
                    if self.fills.get(f"not_{node.id}") and node.id not in self.passed:
                        verb, words = "disapprove", "没有办结"
                    changes = self.fills.get(node.id, {}) if verb == "done" else {}
                    seen = self.case.content.digest
                    who = Actor(slot.holder)
                    self.passed.append(node.id)
                    self.do(
                        c.Decide(who, slot.id, slot.rev, seen, verb, words, changes=changes)  # type: ignore[arg-type]
                    )
                    return True
        return False


def play(name: str, form: Mapping[str, Any], fills: Mapping[str, Mapping[str, Any]]) -> Office:
    definition = read(FLOWS[name])
    assert isinstance(definition, Definition)
    facts = Facts(ZERO, PlainCalendar(), bureau())
    office = Office(definition, facts, begin(definition, "1", Actor("drafter")), fills)
    office.do(c.Submit(Actor("drafter"), form))
    while office.step():
        assert len(office.passed) < 60
    assert office.case.state == "approved", (office.passed, office.case.acts)
    return office


PAPER = {"title": "关于防汛检查的通知", "body": "sha", "addressee": "各科室", "direction": "下行"}
CLAIM = {"reason": "出差", "category": "差旅", "amount": 150000, "invoices": ("sha",)}
PAYMENT = {
    "item": "水泵",
    "supplier": "甲公司",
    "account": "1",
    "amount": 4000000,
    "in_budget": True,
    "contract_paper": "sha",
    "invoice": ("sha",),
}
GOODS = {"items": "雨衣", "purpose": "巡查", "worth": 100, "emergency": False, "durable": False}
REST = {
    "category": "年休假",
    "start": "2026-08-03",
    "days": 3,
    "leaves_city": False,
    "stand_in": "helper",
    "handover": "无",
}
TASK = {"requirement": "整治 12 处，验收", "due_on": "2026-12-18", "lead_unit": "section"}
RESULT = {"result": "12 处完成并验收", "evidence": ("sha",)}
PLAYS: list[tuple[str, dict[str, Any], dict[str, Any], set[str], set[str]]] = [
    # definition, form, what tasks fill in, nodes that must be passed, nodes that must not
    (
        "incoming",
        {"title": "函", "source": "某县"},
        {"propose": {"handling": "阅知", "readers": ("reader", "leader")}},
        {"review", "circulate", "archive"},
        {"instruct", "check"},
    ),
    (
        "incoming",
        {"title": "请示", "source": "某县"},
        {
            "propose": {
                "handling": "批办",
                "lead_unit": "section",
                "assist_units": ("branch",),
                "readers": ("reader",),
                "needs_reply": True,
            },
            "lead": {"result": "已办"},
            "reply": {"reply_no": "1"},
        },
        {"instruct", "lead", "assist", "read", "check", "reply", "archive"},
        {"own", "circulate"},
    ),
    (
        "incoming",
        {"title": "请示", "source": "某县"},
        {"own": {"result": "已办"}},
        {"instruct", "own", "check", "archive"},
        {"lead", "reply"},
    ),
    (
        "incoming",
        {"title": "通报", "source": "某市"},
        {
            "propose": {
                "handling": "阅知",
                "readers": ("leader", "reader"),
                "reading_order": "依次",
            },
            "archive": {"retention": "10年"},
        },
        {"circulate_in_order", "archive"},
        {"circulate", "instruct"},
    ),
    (
        "incoming",
        {"title": "请示", "source": "某县"},
        {
            "propose": {
                "handling": "批办",
                "lead_unit": "section",
                "cosign_units": ("branch",),
                "instructors": ("leader",),
            },
            "collate": {"differ": True},
            "lead": {"result": "已办"},
        },
        {"cosign", "instruct_all", "collate", "settle", "lead", "check"},
        {"instruct", "own"},
    ),
    (
        "outgoing",
        {**PAPER, "important": False},
        {"register": {"number": "1", "copies": 20}},
        {"section_head", "office_review", "secrecy", "deputy_sign", "seal", "dispatch"},
        {"cosign", "legal", "principal_sign"},
    ),
    (
        "outgoing",
        {**PAPER, "direction": "上行", "normative": True, "cosign_units": ("branch",)},
        {"register": {"number": "2"}},
        {"cosign", "legal", "principal_sign", "archive"},
        {"deputy_sign"},
    ),
    (
        "request",
        {"subject": "维修", "text": "sha"},
        {},
        {"section_head", "leader", "file"},
        {"finance", "legal", "personnel", "director"},
    ),
    (
        "request",
        {"subject": "维修", "text": "sha", "amount": 6000000, "contract": True, "personnel": True},
        {},
        {"finance", "legal", "personnel", "director", "file"},
        set(),
    ),
    ("expense", CLAIM, {"verify": {"verified": 200000}}, {"pay", "book"}, {"leader", "meetings"}),
    (
        "expense",
        {**CLAIM, "category": "会议"},
        {"verify": {"verified": 200001}},
        {"meetings", "leader", "pay"},
        {"director", "reception"},
    ),
    (
        "expense",
        {**CLAIM, "category": "接待"},
        {"verify": {"verified": 5000000}, "pay": {"voucher": "1"}},
        {"reception", "leader", "director"},
        {"meeting"},
    ),
    (
        "expense",
        {**CLAIM, "amount": 9000000},
        {"meeting": {"minutes": "3"}},  # nobody wrote a verified amount: the strictest way
        {"leader", "meeting", "director", "pay_approve"},
        set(),
    ),
    (
        "procurement",
        PAYMENT,
        {"release": {"voucher": "1"}},
        {"budget", "contract", "acceptance", "leader", "make", "release", "book"},
        {"meeting"},
    ),
    (
        "procurement",
        {**PAYMENT, "in_budget": False},
        {"minutes": {"minutes": "4"}},
        {"meeting", "minutes", "pay_approve", "book"},
        {"leader"},
    ),
    ("supplies", GOODS, {"issue": {"lots": ("a",)}}, {"issue", "receive"}, {"leader", "returned"}),
    (
        "supplies",
        {**GOODS, "worth": 200001, "durable": True},
        {"returned": {"condition": "完好"}},
        {"store_head", "leader", "issue", "returned", "file"},
        {"commander"},
    ),
    (
        "supplies",
        {**GOODS, "emergency": True, "durable": True},
        {"issue_now": {"lots": ("b",)}},
        {"commander", "issue_now", "receive_now", "report", "returned", "file"},
        {"store_head", "issue"},
    ),
    ("supplies", {**GOODS, "emergency": True}, {}, {"issue_now", "file"}, {"returned"}),
    ("leave", REST, {"back": {"back_on": "2026-08-06"}}, {"stand_in", "personnel"}, {"leader"}),
    ("leave", {**REST, "leaves_city": True}, {}, {"section_head", "leader"}, {"director"}),
    ("leave", {**REST, "days": 11}, {}, {"leader", "director", "file", "back"}, set()),
    (
        "supervision",
        TASK,
        {"lead": RESULT, "judge": {"quality": "好"}},
        {"establish", "lead", "check", "judge", "archive"},
        {"assist", "redo", "read"},
    ),
    (
        "supervision",
        {**TASK, "assist_units": ("branch",), "leader": "leader"},
        {
            "lead": RESULT,
            "not_check": {"": True},
            "redo": {"result": "补了 2 处"},
            "judge": {"quality": "一般"},
        },
        {"assist", "lead", "redo", "check", "read", "judge"},
        set(),
    ),
]


@pytest.mark.parametrize(("name", "form", "fills", "passed", "missed"), PLAYS)
def test_played_from_draft_to_approved(
    name: str, form: dict[str, Any], fills: dict[str, Any], passed: set[str], missed: set[str]
) -> None:
    office = play(name, form, fills)
    assert passed <= set(office.passed)
    assert not missed & set(office.passed)


def test_every_node_of_every_definition_is_played() -> None:
    seen: dict[str, set[str]] = {}
    for name, form, fills, _, _ in PLAYS:
        seen.setdefault(name, set()).update(play(name, form, fills).passed)
    for name, text in FLOWS.items():
        definition = read(text)
        assert isinstance(definition, Definition)
        handled = {node.id for node in definition.nodes if node.seats}
        assert seen[name] == handled, name


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_it_nor_with_its_people(name: str) -> None:
    definition = read(FLOWS[name])
    assert isinstance(definition, Definition)
    expected = {"initiator_picks"} if name == "outgoing" else set()
    assert {one.code for one in check(definition)} == expected
    assert {one.code for one in check(definition, bureau())} == expected


def test_the_eight_are_there() -> None:
    assert [
        *("expense", "incoming", "leave", "outgoing", "procurement", "request"),
        *("supervision", "supplies"),
    ] == NAMES


@pytest.mark.parametrize("name", ["expense", "leave", "outgoing", "procurement", "request"])
def test_money_people_and_papers_going_out_need_two(name: str) -> None:
    definition = read(FLOWS[name])
    assert isinstance(definition, Definition)
    assert definition.min_deciders >= 2
    assert definition.override


@pytest.mark.parametrize("name", NAMES)
def test_its_words_are_chinese(name: str) -> None:
    definition = read(FLOWS[name])
    assert isinstance(definition, Definition)
    words = [definition.name, *(n.name for n in definition.nodes)]
    words += [f.label for f in definition.fields]
    words += [seat.name for node in definition.nodes for seat in node.seats]
    assert [word for word in words if word.isascii()] == []
