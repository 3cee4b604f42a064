"""From a process and a bureau to steps, rights and rules: each kind of seat and of right."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.flow.world import directory, node, process, stand_in
from zhongshu.kernel import duties
from zhongshu.kernel.duties.from_flow import (
    TooManyWays,
    absences,
    drafters_of,
    left,
    processes_of,
    ways_of,
)
from zhongshu.kernel.duties.from_flow import checkup as checkups
from zhongshu.kernel.duties.from_flow.absences import routes_of
from zhongshu.kernel.duties.from_flow.checkup import Block, check_up
from zhongshu.kernel.flow.condition import Row
from zhongshu.kernel.flow.definition import (
    Counting,
    Definition,
    Edge,
    Field,
    Limit,
    NodeKind,
    Rule,
    Seat,
    SeatKind,
)
from zhongshu.kernel.flow.people import Directory, Person, Unit

FIELDS = (
    Field("a", "a", "number"),
    Field("who", "who", "person"),
    Field("post", "post", "post"),
    Field("unit", "unit", "unit"),
)


def rights(flow: Definition, people: Directory, step: str = "n.0") -> dict[str, list[str]]:
    """Who may take a step, by ground, for drafters of the office."""
    found: dict[str, list[str]] = {}
    for group, one in processes_of(flow, people):
        if group.unit in {"", "office"}:
            for grant in one.grants:
                if grant.step == step:
                    names = [p.key for p in one.staff.members(grant.people)]
                    found.setdefault(grant.ground.kind, []).extend(names)
    return {ground: sorted(set(names)) for ground, names in found.items() if names}


def one_seat(seat: Seat, **kw: Any) -> Definition:
    return process(node("n", "end", seat, **kw), fields=FIELDS)


@pytest.mark.parametrize(
    ("seat", "own"),
    [
        (Seat(SeatKind.PERSON, "li"), ["li"]),
        (Seat(SeatKind.POST, "override"), ["wu", "zhang", "zhou"]),
        (Seat(SeatKind.POST, "vacant"), []),
        (Seat(SeatKind.UNIT, "finance"), ["chen"]),
        (Seat(SeatKind.UNIT, "nowhere"), []),
        (Seat(SeatKind.POOL, "finance"), ["chen", "liu"]),
        (Seat(SeatKind.POOL, "spare"), ["yang"]),
        (Seat(SeatKind.FIELD, "unit"), ["chen", "wu", "zhang"]),
        (Seat(SeatKind.FIELD, "post"), ["huang", "wu", "yang", "zhang", "zhou"]),
        (Seat(SeatKind.RELATION, "unit_head"), ["zhang"]),
        (Seat(SeatKind.RELATION, "unit_leader"), ["zhao"]),
        (Seat(SeatKind.RELATION, "upper_head"), ["wu"]),
        (Seat(SeatKind.RELATION, "initiator"), ["li", "wang", "zhang"]),
        (Seat(SeatKind.POST, "override", not_own_unit=True), ["wu", "zhou"]),
        (Seat(SeatKind.PERSON, "nobody"), []),
    ],
    ids=str,
)
def test_whose_duty_a_seat_can_be(seat: Seat, own: list[str]) -> None:
    assert rights(one_seat(seat), directory()).get("own", []) == own


def test_a_person_field_may_name_anybody_who_is_there() -> None:
    found = rights(one_seat(Seat(SeatKind.FIELD, "who")), directory(gone=("wu",)))
    assert "li" in found["own"]
    assert "wu" not in found["own"]


def test_rank_counts_from_the_drafters() -> None:
    flow = one_seat(Seat(SeatKind.POST, "override", above_initiator=True))
    by_rank: dict[tuple[str, int], int] = {}
    for group, one in processes_of(flow, directory()):
        grant = next(g for g in one.grants if g.step == "n.0")
        by_rank[group.unit, group.rank] = grant.people.bit_count()
    assert by_rank["office", 1] == 2, "zhang and wu rank above a clerk"
    assert by_rank["office", 2] == 1
    assert by_rank["bureau", 4] == 0
    assert len(drafters_of(directory(), ranks=False)) == 3


def test_stand_ins_by_kind_hop_and_whether_they_may_be_sent() -> None:
    pairs = (
        stand_in("li", "chen"),
        stand_in("chen", "zhao"),
        stand_in("li", "wu", kinds=frozenset({"x"})),
    )
    people = directory(stand_ins=pairs)
    seat = Seat(SeatKind.PERSON, "li")
    assert rights(one_seat(seat), people)["stand_in"] == ["chen"]
    two = process(node("n", "end", seat), hops=2, kind="x")
    assert rights(two, people)["stand_in"] == ["chen", "wu", "zhao"]
    assert "stand_in" not in rights(one_seat(seat, delegable=False), people)


def test_transfers_from_hand_to_hand_and_assigning() -> None:
    seat = Seat(SeatKind.PERSON, "li")
    assert rights(one_seat(seat, transfer=("unit",)), directory())["transfer"] == [
        "li",
        "wang",
        "zhang",
    ]
    assert rights(one_seat(seat, transfer=("unit:finance",)), directory())["transfer"] == [
        "chen",
        "liu",
    ]
    assert rights(one_seat(seat, transfer=("post:spare",)), directory())["transfer"] == ["yang"]
    assert len(rights(one_seat(seat, transfer=("any",)), directory())["transfer"]) == 10
    unit = Seat(SeatKind.UNIT, "finance")
    assert rights(one_seat(unit), directory())["transfer"] == ["chen", "liu"]
    field = Seat(SeatKind.FIELD, "unit")
    assert "liu" in rights(one_seat(field), directory())["transfer"]


def test_fallback_and_whoever_the_unclaimed_goes_to() -> None:
    pool = Seat(SeatKind.POOL, "finance")
    kw: dict[str, Any] = {"fallback": "spare", "assign": "clerk"}
    assert rights(one_seat(pool, **kw), directory())["fallback"] == ["yang"]
    claim = one_seat(pool, claim_within=Limit(60), **kw)
    assert rights(claim, directory())["fallback"] == ["huang", "yang"]
    onward = one_seat(pool, transfer=("post:supervisor",), **kw)
    assert rights(onward, directory())["fallback"] == ["yang", "zhou"]


def rules_of(flow: Definition, people: Directory | None = None) -> list[str]:
    (found,) = [one for _, one in processes_of(flow, people or directory())]
    return [rule.name for rule in found.rules]


def test_authors_of_what_a_decision_stands_on() -> None:
    flow = process(
        node("fill", "sign", "li", kind=NodeKind.TASK, edits=("a",)),
        node("sign", "other", "chen", relies=("a",)),
        node("other", "end", "zhao", relies=("b",)),
    )
    told = [name for name in rules_of(flow) if name.startswith("不审批自己填写")]
    assert told == ["不审批自己填写的内容：sign（fill.0，sign.0）"]


def test_conflicts_between_duties_and_with_the_draft() -> None:
    flow = process(
        node(
            "pay",
            "end",
            Seat(SeatKind.PERSON, "li", duty="d"),
            Seat(SeatKind.PERSON, "chen", duty="d"),
            kind=NodeKind.TASK,
        ),
        conflicts=(("draft", "d"), ("d", "d")),
        min_deciders=0,
    )
    told = [name for name in rules_of(flow) if name.startswith("不相容")]
    assert len([name for name in told if "draft" in name]) == 2
    assert len([name for name in told if "d与d" in name]) == 2


def test_seats_have_their_names_where_there_are_several() -> None:
    flow = process(node("n", "end", Seat(SeatKind.PERSON, "li", name="甲"), "chen"))
    ((_, one),) = processes_of(flow, directory())
    assert [step.label.zh for step in one.steps] == ["draft", "n（甲）", "n"]


def test_a_ratio_is_reckoned_without_what_may_fall_together() -> None:
    rule = Rule(Counting.MORE_THAN, p=1, q=2)
    seats = ("li", "chen", "zhao", "zhou")
    assert {len(way) for way in ways_of(process(node("n", "end", *seats, rule=rule)))} == {2}
    strict = process(node("n", "end", *seats, rule=rule, min_people=4))
    assert {len(way) for way in ways_of(strict)} == {4}
    several = tuple(Seat(SeatKind.PERSON, p, duty=p) for p in seats)
    assert {len(way) for way in ways_of(process(node("n", "end", *several, rule=rule)))} == {4}


def test_vetoes_races_and_refusals_that_lead_on() -> None:
    veto = (Seat(SeatKind.PERSON, "li", veto=True), "chen", "zhao")
    one = Rule(Counting.COUNT, n=1)
    flow = process(
        node("n", "end", *veto, rule=one, on_fail="edge", fail_edges=(Edge("m"),)),
        node("m", "end", "wu"),
    )
    ways = {tuple(sorted(way - {"draft"})) for way in ways_of(flow)}
    assert ways == {("n.0",), ("m.0", "n.0"), ("m.0", "n.0", "n.1", "n.2")} - {
        ("m.0", "n.0", "n.1", "n.2")
    }
    race = process(
        node(
            "n", "end", "li", "chen", rule=one, race=True, on_fail="edge", fail_edges=(Edge("m"),)
        ),
        node("m", "end", "wu"),
    )
    assert ("m.0", "n.1") in {tuple(sorted(way - {"draft"})) for way in ways_of(race)}
    plain = process(
        node("n", "end", "li", "chen", rule=one, on_fail="edge", fail_edges=(Edge("m"),)),
        node("m", "end", "wu"),
    )
    assert ("m.0", "n.0", "n.1") in {tuple(sorted(way - {"draft"})) for way in ways_of(plain)}


def test_inclusive_branches_without_an_else() -> None:
    flow = process(
        node(
            "s",
            (Edge("x", Row("a", ">", 1)), Edge("y", Row("a", "<=", 1))),
            kind=NodeKind.INCLUSIVE,
        ),
        node("x", "j", "li"),
        node("y", "j", "chen"),
        node("j", "end", kind=NodeKind.JOIN, split="s"),
    )
    assert len(ways_of(flow)) == 3


def told_ways(flow: Definition) -> set[str]:
    return {" ".join(sorted(way - {"draft"})) for way in ways_of(flow)}


def test_inclusive_branches_with_an_else() -> None:
    flow = process(
        node("s", (Edge("x", Row("a", ">", 1)), Edge("y")), kind=NodeKind.INCLUSIVE),
        node("x", "j", "li"),
        node("y", "j", "chen"),
        node("j", "end", kind=NodeKind.JOIN, split="s"),
    )
    assert told_ways(flow) == {"x.0", "y.0"}


def test_what_follows_a_join_is_chosen_once_for_all_branches() -> None:
    either = (Edge("left", Row("a", ">", 1)), Edge("right"))
    flow = process(
        node("s", (Edge("x"), Edge("y")), kind=NodeKind.SPLIT),
        node("x", "j", "li"),
        node("y", "j", "chen"),
        node("j", either, kind=NodeKind.JOIN, split="s"),
        node("left", "end", "wu"),
        node("right", "end", "zhou"),
    )
    assert told_ways(flow) == {"left.0 x.0 y.0", "right.0 x.0 y.0"}


def test_a_split_inside_a_branch_ends_at_its_own_join() -> None:
    either = (Edge("left", Row("a", ">", 1)), Edge("right"))
    flow = process(
        node("outer", (Edge("inner"), Edge("z")), kind=NodeKind.SPLIT),
        node("close", either, kind=NodeKind.JOIN, split="outer"),
        node("inner", (Edge("x"), Edge("y")), kind=NodeKind.SPLIT),
        node("shut", "w", kind=NodeKind.JOIN, split="inner"),
        node("w", "close", "zhao"),
        node("x", "shut", "li"),
        node("y", "shut", "chen"),
        node("z", "close", "liu"),
        node("left", "end", "wu"),
        node("right", "end", "zhou"),
        start="outer",
    )
    assert told_ways(flow) == {f"{last}.0 w.0 x.0 y.0 z.0" for last in ("left", "right")}


def test_a_ratio_that_can_no_longer_be_reached_leads_to_the_other_way() -> None:
    most = Rule(Counting.AT_LEAST, p=2, q=3)
    flow = process(
        node("n", "end", "li", "chen", "wu", rule=most, on_fail="edge", fail_edges=(Edge("m"),)),
        node("m", "end", "zhou"),
    )
    assert {way for way in told_ways(flow) if "m.0" in way} == {
        "m.0 n.0 n.1",
        "m.0 n.0 n.2",
        "m.0 n.1 n.2",
    }


def test_a_seat_of_a_sub_case_is_no_step() -> None:
    flow = process(node("c", "n", kind=NodeKind.CASE, sub="x"), node("n", "end", "li"), start="c")
    assert ways_of(flow) == (frozenset({"draft", "n.0"}),)


def test_too_many_selections_of_one_count() -> None:
    seats = ["li"] * 16
    with pytest.raises(TooManyWays):
        ways_of(process(node("n", "end", *seats, rule=Rule(Counting.COUNT, n=8))))


def test_routes_put_ways_together_by_their_nodes() -> None:
    flow = process(
        node(
            "n",
            (Edge("m", Row("a", ">", 1)), Edge("end")),
            "li",
            "chen",
            rule=Rule(Counting.COUNT, n=1),
        ),
        node("m", "end", "zhao"),
    )
    ((_, one),) = processes_of(flow, directory())
    assert {tuple(sorted(route)): len(ways) for route, ways in routes_of(one).items()} == {
        ("n",): 2,
        ("m", "n"): 2,
    }


def small(**kw: Any) -> tuple[Definition, Directory]:
    people = Directory(
        {p: Person(p, "office") for p in ("wang", "li", "chen")}, {}, {"office": Unit("office")}
    )
    return process(node("n", "end", "li", "chen", rule=Rule(Counting.COUNT, n=1), **kw)), people


def test_pairs_that_block_together() -> None:
    flow, people = small()
    (one,) = check_up(flow, people, absences=2)
    assert [block.absent for block in one.blocks] == [("chen", "li")]
    assert one.blocks[0].stuck == (("n", ("li",)),) or one.blocks[0].stuck == (("n", ("chen",)),)
    (calm,) = check_up(flow, people, absences=1)
    assert calm.blocks == ()
    (none,) = check_up(flow, people, absences=0)
    assert none.blocks == ()
    assert Block(frozenset({"n"}), ()) not in one.blocks


def test_what_the_search_leaves_open_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    people = Directory(
        {p: Person(p, "office") for p in ("wang", "li", "chen")},
        {"x": ("wang", "li", "chen")},
        {"office": Unit("office")},
    )
    seat = Seat(SeatKind.POST, "x")
    flow = process(
        node("n", "m", seat, kind=NodeKind.TASK),
        node("m", "end", seat, kind=NodeKind.TASK),
        conflicts=(("n", "m"),),
    )
    open_ = duties.Undecided(7)
    monkeypatch.setattr(absences.Absences, "fewest", lambda _: open_)
    monkeypatch.setattr(checkups, "coalitions", lambda process, limit: open_)
    (one,) = check_up(flow, people)
    assert (one.decided, one.people, one.groups) == (False, 0, ())
    monkeypatch.undo()
    monkeypatch.setattr(left.Left, "at_hand", lambda *_: None)
    known = absences.find

    def doubtful(level: int) -> Any:
        def plan(left: Any, way: Any, absent: int) -> Any:
            return open_ if absent.bit_count() >= level else known(left, way, absent)

        return plan

    for level in (0, 1, 2):
        monkeypatch.setattr(absences, "find", doubtful(level))
        assert [found.decided for found in check_up(flow, people, absences=2)] == [False]


def test_units_without_a_leader_leave_relations_empty() -> None:
    people = Directory({"wang": Person("wang", "lone")}, {}, {"lone": Unit("lone")})
    nowhere = Directory({"wang": Person("wang", "lone")}, {}, {})
    for relation in ("unit_head", "unit_leader", "upper_head"):
        seat = Seat(SeatKind.RELATION, relation)
        for bureau in (people, nowhere):
            ((_, one),) = processes_of(one_seat(seat), bureau)
            assert duties.fewest(one).people == 0


def test_the_fallback_may_sit_everywhere_if_the_process_says_so() -> None:
    nodes = (
        node("one", "two", "li", fallback="spare"),
        node("two", "end", "chen", fallback="spare"),
    )
    assert [n for n in rules_of(process(*nodes)) if n.startswith("只补位一次")]
    assert not [
        n for n in rules_of(process(*nodes, fallback_repeats=True)) if n.startswith("只补位一次")
    ]


def test_two_own_seats_of_one_duty_become_one_for_their_owner_only() -> None:
    posts = {"deputy": ("li", "chen"), "first": ("li", "wu")}
    people = directory(posts=posts, stand_ins=(stand_in("li", "zhou"), stand_in("chen", "zhou")))
    seats = (Seat(SeatKind.POST, "first"), Seat(SeatKind.POST, "deputy"))
    told = [n for n in rules_of(process(node("n", "end", *seats)), people) if "一人一席" in n]
    assert told == ["一人一席：n：zhou（n.0，n.1）"]
    strict = process(node("n", "end", *seats, min_people=2))
    assert "一人一席：n（n.0，n.1）" in rules_of(strict, people)


def test_no_smaller_set_means_none() -> None:
    people = {p: Person(p, "office") for p in ("wang", "li", "chen", "zhao", "wu")}
    posts = {"deputy": ("li", "chen", "zhao")}
    flow = process(node("n", "end", Seat(SeatKind.POST, "deputy")))
    (one,) = check_up(flow, Directory(people, posts, {"office": Unit("office")}), absences=2)
    assert one.blocks == ()


def test_parallel_branches_are_all_taken() -> None:
    flow = process(
        node("s", (Edge("x"), Edge("y"), Edge("j")), kind=NodeKind.SPLIT),
        node("x", "j", "li", "chen", rule=Rule(Counting.COUNT, n=1)),
        node("y", "j", "zhao"),
        node("j", "end", kind=NodeKind.JOIN, split="s"),
    )
    assert {tuple(sorted(way - {"draft"})) for way in ways_of(flow)} == {
        ("x.0", "y.0"),
        ("x.1", "y.0"),
    }
