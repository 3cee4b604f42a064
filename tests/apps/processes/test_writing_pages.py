"""A clerk writes a process by forms only; what is typed is kept, however wrong, and every state."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from tests.office.matters.test_act import slot
from tests.office.town import Town
from zhongshu.apps.processes import actions
from zhongshu.apps.processes.models import Kept, Sketch
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.text.document import comments, load
from zhongshu.kernel.flow.text.format import read as parse
from zhongshu.office.actor import Actor
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import kinds
from zhongshu.office.matters.models import Matter, Process

from .conftest import Sit
from .filling import boxes, fill
from .test_checkup_pages import PAIR, read
from .test_library_pages import TEXT, begun, say_again

CLAIM = kinds.Kind("claim", "报销单", "报销〔{year}〕{serial}号", "process_1")
kinds.register(CLAIM)


def decide(town: Town, matter: Matter, by: str, what: str, **more: object) -> matters.Done:
    fresh = Matter.objects.select_related("case").get(pk=matter.pk)
    seat, seen = slot(fresh, town.people[by].key)
    return matters.act(
        key=matter.key,
        command=lambda who: c.Decide(who, seat.id, seat.rev, seen, what, "同意", **more),  # type: ignore[arg-type]
        by=town.actor(by),
    )


def test_a_five_step_process_from_nothing_by_forms_only(sit: Sit, town: Town) -> None:
    clerk = sit("system")
    clerk.post("/processes/sketches/", {"name": "科室费用报销"})
    sketch = Sketch.objects.get()
    base = f"/processes/sketches/{sketch.key}/"
    for label in ("事由", "金额（分）", "票据", "付款凭证号"):
        fill(clerk, f"{base}fields/", "add_field ", new__label=label)
    fill(
        clerk, f"{base}fields/",
        fields__0__required="1", fields__1__type="数字", fields__1__required="1",
        fields__2__type="附件", fields__2__many="1",
    )  # fmt: skip
    fill(
        clerk,
        f"{base}basics/",
        min_deciders="2",
        amount="金额（分）",
        **{"posts.override": "office_head"},
    )
    fill(clerk, f"{base}step-0/", edits=["field_1", "field_2", "field_3"])
    where = fill(
        clerk,
        f"{base}step-1/",
        "add_step",
        name="部门负责人审核",
        new__kind="审批",
        new__name="财务审核",
    )
    assert where == f"{base}step-2/"
    fill(clerk, where, seats__0__kind="岗位")
    fill(clerk, where, seats__0__ref="finance_head", limit="2")
    where = fill(clerk, where, "add_step", new__kind="审批", new__name="局领导审批")
    fill(clerk, where, seats__0__kind="岗位")
    fill(clerk, where, seats__0__ref="director")
    where = fill(clerk, where, "add_step", new__kind="办理", new__name="付款")
    fill(clerk, where, seats__0__kind="岗位")
    fill(clerk, where, seats__0__ref="records_clerk", edits="field_4", effects="pay", delegable=[])
    # 一万元以下不用局领导批
    fill(clerk, f"{base}step-2/", "add_way next")
    fill(clerk, f"{base}step-2/", next__0__to="付款", **{"next-0-when-0-field": "金额（分）"})
    page = read(clerk.get(f"{base}step-2/"))
    assert "这个条件还没填全" in page
    assert "没填完的略去" in page
    fill(clerk, f"{base}step-2/", **{"next-0-when-0-operator": "不超过"})
    assert "这里还没有选，或没有填" in read(clerk.get(f"{base}step-2/"))
    fill(clerk, f"{base}step-2/", **{"next-0-when-0-value": "1000000"})
    fill(clerk, f"{base}conflicts/", **{"conflicts-0-0": "财务审核", "conflicts-0-1": "付款"})
    fill(clerk, f"{base}step-4/", "down")
    fill(clerk, f"{base}step-5/", "up")
    assert "“付款”要填“付款凭证号”，这一步却没有写明依据" in read(clerk.get(f"{base}step-2/"))
    for place in (1, 2, 3):
        relied: dict[str, str | list[str]] = {"relies": ["field_1", "field_2", "field_3"]}
        fill(clerk, f"{base}step-{place}/", **{"relies-which": "some"}, **relied)
    page = read(clerk.get(f"{base}step-2/"))
    assert "合 10,000.00 元" in page
    assert "可以提出：没有错误" in page
    sketch.refresh_from_db()
    flow = parse(sketch.text)
    assert isinstance(flow, Definition)
    assert [node.name for node in flow.nodes] == [
        *("填报", "部门负责人审核", "财务审核", "局领导审批", "付款", "办结"),
    ]
    assert flow.conflicts == ((flow.nodes[2].id, flow.nodes[4].id),)
    assert flow.by_id[flow.nodes[4].id].effects == ("pay",)
    assert not flow.nodes[4].delegable

    proposed = clerk.post(f"{base}propose/")
    assert proposed.headers["Location"] == "/processes/process_1/1/"
    assert "已经提出或放下" in read(clerk.post(f"{base}propose/"))
    second = sit("security")
    say_again(second, "security")
    assert second.post("/processes/process_1/1/release/").status_code == 302
    assert Process.objects.get(code="process_1").state == Process.State.RELEASED

    opening = matters.Opening(kind="claim", title="差旅费报销")
    matter = matters.open_matter(opening=opening, by=town.actor("王小满"))
    form = {"field_1": "差旅", "field_2": 50_000}
    matters.act(
        key=matter.key, command=lambda who: c.Submit(who, changes=form), by=town.actor("王小满")
    )
    decide(town, matter, "张科", "approve")
    decide(town, matter, "陈立", "approve")
    done = decide(town, matter, "黄文", "done", changes={"field_4": "记 12"})
    assert done.matter.state == "approved", "small amounts do not trouble the director"


@pytest.mark.parametrize("name", ["request", "incoming"])
def test_a_form_sent_unchanged_changes_nothing(sit: Sit, name: str) -> None:
    clerk = sit("system")
    text = files("zhongshu.config").joinpath("flows", f"{name}.toml").read_text("utf-8")
    sketch = begun(clerk, text)
    parts = ["basics", "fields", "conflicts"]
    document = load(text) or {}
    parts += [f"step-{place}" for place in range(len(document["nodes"]))]
    for part in parts:
        fill(clerk, f"/processes/sketches/{sketch.key}/{part}/")
        sketch.refresh_from_db()
        assert sketch.text == text, part
    assert Kept.objects.count() == 1


def test_what_is_wrong_stays_with_its_sentence_beside_it(sit: Sit) -> None:
    clerk = sit("system")
    sketch = begun(clerk, PAIR)
    here = f"/processes/sketches/{sketch.key}/step-1/"
    sent = {"limit": "三", "limit-unit": "d", "name": "初审"}
    part = clerk.post(here, sent, headers={"HX-Target": "beside"}).content.decode()
    assert 'id="fault_limit" hx-swap-oob="true">时限要填 1 到 9999 的整数。' in part
    assert f'href="{here}#id_limit"' in part
    assert "<html" not in part
    page = clerk.get(here).content.decode()
    assert 'value="三"' in page
    assert 'aria-invalid="true"' in page
    taken = clerk.post(here, {"id": "draft"})
    assert taken.status_code == 409
    assert 'value="draft"' in taken.content.decode()
    assert "这个代号已经有了或另有所指" in read(taken)
    assert clerk.get(f"/processes/sketches/{sketch.key}/step-77/").status_code == 200
    assert clerk.get(f"/processes/sketches/{sketch.key}/nonsense/").status_code == 404


def test_every_finding_leads_to_a_box_that_is_there(sit: Sit) -> None:
    clerk = sit("system")
    text = TEXT.replace("min_deciders = 2", "min_deciders = 9").replace('"1d"', '"x"', 1)
    broken = begun(clerk, text)
    sound = begun(clerk, TEXT.replace("min_deciders = 2", "min_deciders = 9"))
    for sketch in (broken, sound):
        page = clerk.get(f"/processes/sketches/{sketch.key}/").content.decode()
        links = re.findall(r'<li data-severity="\w+"><a href="([^"]+)"', page)
        assert links
        for link in links:
            address, _, box = link.partition("#")
            assert f'id="{box}"' in clerk.get(address).content.decode(), link


def test_undo_goes_back_step_by_step_and_nothing_is_lost(sit: Sit) -> None:
    clerk = sit("system")
    sketch = begun(clerk, TEXT)
    base = f"/processes/sketches/{sketch.key}/"
    assert comments(TEXT) > 0
    assert f"正文里有 {comments(TEXT)} 处注释" in read(clerk.get(f"{base}step-1/"))
    fill(clerk, f"{base}step-1/", name="甲")
    fill(clerk, f"{base}step-1/", name="乙")
    sketch.refresh_from_db()
    assert comments(sketch.text) == 0
    history = read(clerk.get(f"{base}history/"))
    assert "名称： 甲 → 乙" in history
    assert f"从这一次起正文里没有了 {comments(TEXT)} 处注释" in history
    for expected in ("甲", None):
        back = clerk.post(f"{base}history/", {"part": "step-1"})
        assert back.headers["Location"] == f"{base}step-1/"
        sketch.refresh_from_db()
        assert ('name = "甲"' in sketch.text) is (expected is not None)
    assert sketch.text == TEXT, "with its comments"
    no = clerk.post(f"{base}history/", {"part": "basics"}, follow=True)
    assert "没有更早的一次可以回去" in read(no)
    clerk.post(f"{base}history/", {"number": "3", "part": "history"})
    sketch.refresh_from_db()
    assert 'name = "乙"' in sketch.text
    assert [row.like for row in Kept.objects.all()] == [3, 1, 2, 3, 2, 1]
    assert clerk.post(f"{base}history/", {"number": "99"}).status_code == 302
    assert clerk.get(f"{base}process.toml").content.decode() == sketch.text
    assert clerk.get(f"{base}process.bpmn").content.decode().startswith("<?xml")
    assert clerk.get(f"{base}process.exe").status_code == 404


def test_two_states_side_by_side_in_words(sit: Sit) -> None:
    clerk = sit("system")
    sketch = begun(clerk, TEXT)
    base = f"/processes/sketches/{sketch.key}/"
    fill(clerk, f"{base}basics/", min_deciders="3")
    page = read(clerk.get(f"{base}compare/"))
    assert "至少几人审批 2 3" in page
    assert "没有不同。" in read(clerk.get(f"{base}compare/?old=k1&new=v1"))
    fill(clerk, f"{base}basics/", min_deciders="三")
    assert "逐条的不同说不出来" in read(clerk.get(f"{base}compare/?old=k1&new=now"))
    assert clerk.get(f"{base}compare/?old=v77&new=zzz").status_code == 200


def test_comments_of_a_file_reach_the_version_that_is_proposed(sit: Sit) -> None:
    clerk = sit("system")
    sketch = begun(clerk, TEXT)
    row = actions.propose(sketch=sketch, by=Actor(sketch.by))
    assert row.version == 2
    assert comments(row.text) == comments(TEXT)


def test_the_form_offers_real_posts_people_and_units(sit: Sit, town: Town) -> None:
    clerk = sit("system")
    sketch = begun(clerk, PAIR)
    here = f"/processes/sketches/{sketch.key}/step-1/"
    for kind, label, key in (
        ("岗位", "water_head", "water_head"),
        ("人员", "张科", town.people["张科"].key),
        ("部门（其负责人）", "水资源科", "water"),
        ("候选池（谁先认领谁办）", "水资源科", "water"),
        ("与申请人的关系", "申请人的分管领导", "unit_leader"),
    ):
        fill(clerk, here, seats__0__kind=kind)
        offered = boxes(clerk, here).offers["seats-0-ref"]
        assert offered.get(label) == key, kind
        fill(clerk, here, seats__0__ref=label)
        sketch.refresh_from_db()
        assert isinstance(parse(sketch.text), Definition)
