"""The invented bureau on paper: units, posts, names. Nothing here is real."""

from __future__ import annotations

from typing import NamedTuple


class UnitPlan(NamedTuple):
    """A unit: its leader's post, how many people, its special posts as (code, name, unit kind)."""

    code: str
    name: str
    kind: str
    leader: str
    people: int
    posts: tuple[tuple[str, str], ...] = ()


BUREAU = "云泽市水务局"

LEADERS = (
    ("director", "局长", 9),
    ("deputy_one", "副局长（办公室、财务）", 8),
    ("deputy_two", "副局长（供水、排水）", 8),
    ("deputy_three", "副局长（工程、规划）", 8),
    ("discipline", "纪检组长", 8),
    ("chief_engineer", "总工程师", 7),
)
LEADER_DUTIES = {
    "deputy_one": (("finance_leader", "分管财务领导"),),
    "deputy_two": (("duty_leader", "带班领导"), ("overseer", "流程监督")),
    "deputy_three": (("overseer", "流程监督"),),
}
WIDE = {"director", "discipline", "office_head", "supervision"}  # see all that is not above them

UNITS = (
    UnitPlan(
        "office",
        "办公室",
        "section",
        "deputy_one",
        18,
        (
            ("office_deputy", "办公室副主任"),
            ("records_head", "文电负责人"),
            ("records_clerk", "文书"),
            ("archivist", "档案员"),
            ("office_editor", "文稿审核"),
            ("seal_keeper", "印章保管人"),
            ("secrecy_officer", "保密员"),
            ("supervision", "督办员"),
            ("reception_officer", "公务接待管理"),
            ("meeting_officer", "会议培训管理"),
            ("print_room", "文印员"),
            ("print_room", "文印员"),
            ("office_staff", "综合科员"),
            ("office_staff", "综合科员"),
            ("office_staff", "综合科员"),
        ),
    ),
    UnitPlan(
        "personnel", "人事科", "section", "deputy_one", 10, (("personnel_officer", "人事专员"),)
    ),
    UnitPlan(
        "finance",
        "财务科",
        "section",
        "deputy_one",
        14,
        (
            ("accountant", "会计"),
            ("cashier", "出纳"),
            ("bookkeeper", "记账会计"),
            ("releaser", "放款复核"),
            ("budget_officer", "预算管理"),
            ("finance_staff", "票据初核"),
            ("finance_staff", "票据初核"),
            ("finance_staff", "票据初核"),
        ),
    ),
    UnitPlan("legal", "法规科", "section", "deputy_one", 8, (("legal_officer", "法制审核"),)),
    UnitPlan(
        "planning", "规划计划科", "section", "deputy_three", 12, (("acceptor_tech", "技术验收"),)
    ),
    UnitPlan(
        "works", "工程建设科", "section", "deputy_three", 16, (("acceptor_user", "使用验收"),)
    ),
    UnitPlan("supply", "供水科", "section", "deputy_two", 14),
    UnitPlan("drainage", "排水科", "section", "deputy_two", 14),
    UnitPlan("resources", "水资源科", "section", "deputy_two", 12),
    UnitPlan("safety", "安全监督科", "section", "deputy_three", 10),
    UnitPlan(
        "emergency",
        "应急保障科",
        "section",
        "deputy_two",
        12,
        (
            ("store_head", "仓储负责人"),
            ("keeper_a", "保管员甲"),
            ("keeper_b", "保管员乙"),
            ("store_clerk", "物资会计"),
            ("acceptor_asset", "资产验收"),
        ),
    ),
    UnitPlan("science", "科技信息科", "section", "deputy_three", 10),
    UnitPlan("discipline_office", "纪检室", "section", "discipline", 6),
    UnitPlan("ledu", "乐渡水厂", "grassroots", "deputy_two", 28),
    UnitPlan("wanghe", "望河水厂", "grassroots", "deputy_two", 28),
    UnitPlan("bailu", "白鹭区水务所", "grassroots", "deputy_two", 22),
    UnitPlan("linxi", "临溪区水务所", "grassroots", "deputy_two", 22),
    UnitPlan("pumps", "排水泵站管理处", "grassroots", "deputy_three", 26),
    UnitPlan("pipes", "管网维护中心", "grassroots", "deputy_three", 26),
)

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
)
_GIVEN = (
    "知夏怀瑾砚秋之衡闻笙清川立言以宁望舒青禾慎行思齐远帆景行若谷明远静姝书瑶子昂嘉树云舟南星予安修远听澜允中持盈守拙行健若水思源润泽长庚江月晓岚"
    "星野弘毅修文墨言佩玉一诺沐阳海宁春晖秋白冬青雨桐雪松竹君梅影兰亭菊生松年柏舟桂芳槐安榆钱柳青桐雨枫林"
)
GIVEN = tuple(_GIVEN[at : at + 2] for at in range(0, len(_GIVEN), 2))
