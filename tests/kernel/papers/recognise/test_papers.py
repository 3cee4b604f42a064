"""Whole papers, each with something that a simple reader gets wrong."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from zhongshu.kernel.papers.layout import Layout
from zhongshu.kernel.papers.recognise.paper import recognise
from zhongshu.kernel.papers.record import record

from .laying import laid, typed


class Case(NamedTuple):
    """A paper and what must be found; fields not named are not looked at."""

    name: str
    layout: Layout
    wanted: dict[str, Any]


CASES = [
    Case(
        "a forwarded paper brings its own number, title and day",
        laid(
            """
30cR|临江市人民政府办公室文件

16c|临政办发〔2026〕12号

22c|临江市人民政府办公室转发市水利局
22c|关于加强小型水库安全管理意见的通知

16l|各县（市、区）人民政府，市政府各部门、各直属机构：
16i|市水利局《关于加强小型水库安全管理的意见》（临水〔2026〕8号）已
16l|经市政府同意，现转发给你们，请认真贯彻执行。

16r|临江市人民政府办公室
16r|2026年3月5日
16i|（此件公开发布）
===
22c|关于加强小型水库安全管理的意见
16c|市水利局
16c|（2026年2月20日）
16i|为加强小型水库安全管理，请各地于2026年6月30日前完成鉴定。
16r|临江市水利局
16r|2026年2月20日
14i|抄送：市委各部门，市人大常委会办公室，市政协办公室，市法院，市检
14i|察院。
14i|临江市人民政府办公室 || 2026年3月6日印发
"""
        ),
        {
            "title": "临江市人民政府办公室转发市水利局关于加强小型水库安全管理意见的通知",
            "issuer": "临江市人民政府办公室",
            "number": "临政办发〔2026〕12号",
            "date": "2026-03-05",
            "kind": "通知",
            "addressee": ["各县（市、区）人民政府", "市政府各部门", "各直属机构"],
            "copied_to": ["市委各部门", "市人大常委会办公室", "市政协办公室", "市法院", "市检察院"],
            "publicity": "主动公开",
            "purpose": "action",
            "due_dates": None,
        },
    ),
    Case(
        "joint issue, upward, signers in two rows",
        laid(
            """
16l|特　急
30cR|临江市水利局
30cR|临江市财政局
16l|　　　　　　　　　　　　　　签发人：王建国　李　明
16l|临水报〔2026〕5号 || 欧阳文静

22c|关于申请2026年度水利发展资金的请示

16l|市人民政府：
16i|为推进灌区改造，特申请市级配套资金300万元。
16i|妥否，请批示。

16r|临江市水利局　　临江市财政局
16r|2026年1月5日
16i|（联系人：赵六，联系电话：0999-2345678）
"""
        ),
        {
            "urgency": "特急",
            "issuer": "临江市水利局、临江市财政局",
            "number": "临水报〔2026〕5号",
            "signer": ["王建国", "李明", "欧阳文静"],
            "title": "关于申请2026年度水利发展资金的请示",
            "date": "2026-01-05",
            "contact": {"name": "赵六", "phone": "0999-2345678", "mail": None},
            "purpose": "action",
            "addressee": ["市人民政府"],
        },
    ),
    Case(
        "a letter that answers another number",
        laid(
            """
28cR|临江市自然资源和规划局
16e|临自然资规函〔2026〕31号
22c|关于青溪县城北水厂项目用地预审
22c|有关问题的复函
16l|青溪县人民政府：
16i|你县《关于商请出具用地预审意见的函》（青政函〔2026〕7号）收悉。经
16l|研究，原则同意。
16i|此复。
16r|临江市自然资源和规划局
16r|2026年4月18日
""".replace("16e|", "16r|")
        ),
        {
            "number": "临自然资规函〔2026〕31号",
            "title": "关于青溪县城北水厂项目用地预审有关问题的复函",
            "issuer": "临江市自然资源和规划局",
            "kind": "函",
            "requests": None,
            "purpose": "information",
        },
    ),
    Case(
        "number with odd brackets, zero padding and spread digits; short year",
        typed(
            """
临江市水利局文件
临水办【2026】 第 007 号
关于 2026 年 元旦 放假 的 通知
局机关各科室：
根据上级通知，现将放假安排通知如下。1月1日至3日放假。
临江市水利局
2025年12月28日
"""
        ),
        {
            "number": "临水办【2026】第007号",
            "number_normalised": "临水办〔2026〕7号",
            "title": "关于2026年元旦放假的通知",
            "date": "2025-12-28",
        },
    ),
    Case(
        "a plain paper without head, day in Chinese numerals",
        typed(
            """
临江市水利局
关于2025年度法治政府建设情况的报告

市委、市政府：
2025年，我局深入学习贯彻习近平法治思想，现将有关情况报告如下：
一、主要做法
2025年3月1日召开了会议。
特此报告。

临江市水利局
二〇二六年一月十五日
"""
        ),
        {
            "title": "临江市水利局关于2025年度法治政府建设情况的报告",
            "issuer": "临江市水利局",
            "date": "2026-01-15",
            "addressee": ["市委", "市政府"],
            "number": None,
            "purpose": "information",
            "requests": None,
        },
    ),
    Case(
        "attachments whose names break over lines, then stand after the day",
        laid(
            """
30cR|临江市应急管理局文件

16c|临应急〔2026〕18号

22c|关于开展汛前安全检查的通知

16l|各县区应急管理局：
16i|请各单位于2026年4月30日前将检查情况报市局。
16r|临江市应急管理局
16r|2026年3月12日
16i|附件：1.汛前安全检查重点单位名单和责任分工（含尾矿库、危化
16i|　　　　品企业及在建工程）
16i|　　　2．检查记录表
16i|（联系人：孙丽，电话：13912345678，邮箱：abc@example.cn）
===
16l|附件1
22c|汛前安全检查重点单位名单
12i|1 || 2026年5月1日
"""
        ),
        {
            "attachments": [
                "汛前安全检查重点单位名单和责任分工（含尾矿库、危化品企业及在建工程）",
                "检查记录表",
            ],
            "contact": {"name": "孙丽", "phone": "13912345678", "mail": "abc@example.cn"},
            "date": "2026-03-12",
            "due_dates": [
                {"date": "2026-04-30", "text": "请各单位于2026年4月30日前将检查情况报市局。"}
            ],
        },
    ),
    Case(
        "a telegram, its form above the title",
        typed(
            """
发　电
发电单位：临江市防汛抗旱指挥部　　签批盖章：王建国
等级：特急·明电　　临汛明电〔2026〕9号　　编号：
关于做好强降雨防范工作的紧急通知
各县（市、区）防汛抗旱指挥部：
预计今夜到明天有暴雨。请各地立即落实值班值守，并于明日12时前报送情况。
临江市防汛抗旱指挥部
2026年6月30日
"""
        ),
        {
            "urgency": "特急",
            "issuer": "临江市防汛抗旱指挥部",
            "number": "临汛明电〔2026〕9号",
            "title": "关于做好强降雨防范工作的紧急通知",
            "date": "2026-06-30",
            "due_dates": [
                {"date": "2026-07-01", "text": "请各地立即落实值班值守，并于明日12时前报送情况。"}
            ],
        },
    ),
    Case(
        "a command",
        laid(
            """
36cR|临江市人民政府令

16c|第12号

16i|《临江市节约用水办法》已经2026年2月10日市人民政府第20次常务会议通
16l|过，现予公布，自2026年5月1日起施行。
16r|市长　王建国
16r|2026年2月15日
"""
        ),
        {
            "number": "第12号",
            "kind": "命令",
            "title": "临江市人民政府令",
            "issuer": "临江市人民政府",
            "signer": ["王建国"],
            "date": "2026-02-15",
            "purpose": "information",
        },
    ),
    Case(
        "minutes with an editor's line",
        laid(
            """
36cR|局长办公会议纪要

16c|第3期

16l|临江市水利局办公室 || 2026年3月5日

22c|研究河湖长制工作有关问题的会议纪要
16i|2026年3月1日，张三局长主持召开会议。会议要求，由河湖科于3月底前
16l|报送方案。
16i|出席：张三、李四
"""
        ),
        {
            "number": "第3期",
            "kind": "纪要",
            "issuer": "临江市水利局办公室",
            "title": "研究河湖长制工作有关问题的会议纪要",
            "date": "2026-03-05",
            "due_dates": [{"date": "2026-03-31", "text": "会议要求，由河湖科于3月底前报送方案。"}],
        },
    ),
    Case(
        "a paper printed off a web page names everything in a form",
        typed(
            """
索引号：000014349/2026-00012
发文机关：临江市水利局
发文字号：临水发〔2026〕22号
标题：关于印发《临江市水资源调度办法》的通知
成文日期：2026年02月03日
各县区水利局：
现将《临江市水资源调度办法》印发给你们，请遵照执行。
"""
        ),
        {
            "title": "关于印发《临江市水资源调度办法》的通知",
            "number": "临水发〔2026〕22号",
            "issuer": "临江市水利局",
            "date": "2026-02-03",
            "kind": "通知",
        },
    ),
    Case(
        "another paper is bound behind this one",
        laid(
            """
30cR|临江市财政局文件
16c|临财预〔2026〕41号
22c|关于下达2026年预算的通知
16l|市水利局：
16i|现下达你单位预算指标500万元，请专款专用，抓紧执行。
16r|临江市财政局
16r|2026年2月1日
14i|抄送：市审计局。
14i|临江市财政局办公室 || 2026年2月2日印发
===
30cR|临江市审计局文件
16c|临审〔2026〕2号
22c|关于审计计划的通知
16l|市财政局：
16i|现通知如下。
16r|临江市审计局
16r|2026年2月9日
14i|抄送：市纪委监委。
14i|临江市审计局办公室 || 2026年2月10日印发
"""
        ),
        {
            "title": "关于下达2026年预算的通知",
            "issuer": "临江市财政局",
            "date": "2026-02-01",
            "copied_to": ["市审计局"],
            "printed_on": "2026-02-02",
            "printed_by": "临江市财政局办公室",
        },
    ),
    Case(
        "a resolution with a note under its title",
        typed(
            """
临江市人民代表大会常务委员会
关于批准2025年市级决算的决议
（2026年6月28日临江市第九届人民代表大会常务委员会第三十次会议通过）
临江市第九届人民代表大会常务委员会第三十次会议听取了报告，会议决定批准2025年市级决算。
"""
        ),
        {
            "title": "临江市人民代表大会常务委员会关于批准2025年市级决算的决议",
            "date": "2026-06-28",
            "kind": "决议",
            "issuer": "临江市人民代表大会常务委员会",
        },
    ),
    Case(
        "a notice of a meeting, with a term from receipt and a mobile phone",
        typed(
            """
临江市卫生健康委员会
临卫函〔2026〕 3 号
关于召开全市卫生健康工作会议的通知
各县（市、区）卫生健康局、委属委管各单位：
经研究，定于2026年2月20日（星期五）上午9:00在市政府一号会议室召开会议，请主要负责同志参会。
请在收到通知之日起3个工作日内将回执反馈我委。联系人：李四，13800001111。
临江市卫生健康委员会
2026年2月10日
"""
        ),
        {
            "number": "临卫函〔2026〕3号",
            "title": "关于召开全市卫生健康工作会议的通知",
            "issuer": "临江市卫生健康委员会",
            "addressee": ["各县（市、区）卫生健康局", "委属委管各单位"],
            "contact": {"name": "李四", "phone": "13800001111", "mail": None},
            "due_dates": [{"date": None, "text": "请在收到通知之日起3个工作日内将回执反馈我委。"}],
            "purpose": "action",
        },
    ),
    Case(
        "a bulletin goes to readers, nobody has to act",
        typed(
            """
水利工作简报
第8期（总第126期）
临江市水利局办公室编　　　　2026年7月1日
临江市扎实推进灌区现代化改造
近日，临江市多个灌区项目开工建设。
报：市委、市政府领导。
送：各县（市、区）水利局，局属各单位。
"""
        ),
        {
            "kind": "简报",
            "title": "临江市扎实推进灌区现代化改造",
            "number": "第8期（总第126期）",
            "date": "2026-07-01",
            "issuer": "临江市水利局办公室",
            "purpose": "information",
            "copied_to": ["市委", "市政府领导", "各县（市、区）水利局", "局属各单位"],
        },
    ),
    Case(
        "what an optical reader makes of a head",
        typed(
            """
000l23
加 急
临江市水利局文件
临水发[2O26] l2号
关于做好2026年防汛备汛
工作的通知
各县（市、区）水利局：
请抓好落实。
临江市水利局
2O26年3月l5日
- 1 -
"""
        ),
        {
            "number_normalised": "临水发〔2026〕12号",
            "date": "2026-03-15",
            "urgency": "加急",
            "title": "关于做好2026年防汛备汛工作的通知",
        },
    ),
    Case(
        "a letterhead in two languages and a running header",
        laid(
            """
9l|内部资料 注意保管
28cR|临江大学附属医院
14c|LINJIANG UNIVERSITY HOSPITAL
16c|临大附院〔2026〕33号
22c|关于申报2026年重点专科的函
16l|市卫生健康委员会：
16i|现申报重点专科建设项目，请予支持为盼。
===
9l|内部资料 注意保管
16r|临江大学附属医院
16r|2026年5月6日
"""
        ),
        {
            "number": "临大附院〔2026〕33号",
            "title": "关于申报2026年重点专科的函",
            "issuer": "临江大学附属医院",
            "date": "2026-05-06",
            "addressee": ["市卫生健康委员会"],
        },
    ),
    Case(
        "a leader's words stand above, signers and those who countersigned below",
        laid(
            """
12l|请水利科牵头研究办理。李明 3月8日
30cR|中共临江市水利局党组文件
16l|临水党〔2026〕3号 || 签发人：王建国
16e|会签人：张三
22c|中共临江市水利局党组
22c|关于2026年第一季度落实全面从严治党主体责任情况
22c|和下一步工作打算的报告
16l|市委：
16i|现将有关情况报告如下。2026年1月1日召开动员会，已于2026年2月1日前完成。
16i|请自本通知印发之日起30日内完成。
16r|中共临江市水利局党组
16r|二○二六年三月五日
14i|抄送：市纪委监委，市委组织部。
14i|　　　市委宣传部，市委统战部。
14i|中共临江市水利局党组办公室 || 2026年3月6日印发
""".replace("16e|", "16r|")
        ),
        {
            "title": "中共临江市水利局党组关于2026年第一季度落实全面从严治党主体责任情况"
            "和下一步工作打算的报告",
            "issuer": "中共临江市水利局党组",
            "number": "临水党〔2026〕3号",
            "signer": ["王建国"],
            "date": "2026-03-05",
            "copied_to": ["市纪委监委", "市委组织部", "市委宣传部", "市委统战部"],
            "due_dates": [{"date": "2026-04-04", "text": "请自本通知印发之日起30日内完成。"}],
        },
    ),
    Case(
        "an order of people's names in the note, several to ask, a shared fax",
        typed(
            """
临江市医疗保障局
关于征求《临江市医保基金监管办法（征求意见稿）》意见的函
市财政局、市卫生健康委、各县（市、区）医保局：
现将《临江市医保基金监管办法（征求意见稿）》送你们征求意见，请于11月底前书面反馈意见，无意见也请反馈。
联系人：张三、李四；联系电话：0999—8123456；传真：8123457；电子邮箱：yb@example.cn。
附件：《临江市医保基金监管办法（征求意见稿）》
临江市医疗保障局（盖章）
2026年11月3日
"""
        ),
        {
            "title": "临江市医疗保障局关于征求《临江市医保基金监管办法（征求意见稿）》意见的函",
            "addressee": ["市财政局", "市卫生健康委", "各县（市、区）医保局"],
            "issuer": "临江市医疗保障局",
            "attachments": ["临江市医保基金监管办法（征求意见稿）"],
            "contact": {"name": "张三", "phone": "0999-8123456", "mail": "yb@example.cn"},
            "purpose": "action",
            "kind": "函",
        },
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_stands_on_the_paper_is_recognised(case: Case) -> None:
    found = record(recognise(case.layout))
    assert {name: found[name] for name in case.wanted} == case.wanted
