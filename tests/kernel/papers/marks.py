"""Samples of marks and of harmless words, spelt out from short tables."""

from __future__ import annotations

import itertools

LEVELS = ("绝密", "机密", "秘密")
TERMS = ("20年", "6个月", "长期", "2030年1月1日解密", "启用前", "三十年", "20301231", "10天")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
OLD = str.maketrans("绝机秘长个", "絕機祕長個")


def shapes(level: str, term: str) -> list[str]:
    """One mark as different machines and hands write it."""
    mark = f"{level}★{term}"
    return [
        mark,
        mark.translate(FULL_WIDTH),
        mark.translate(OLD),
        " ".join(mark),
        "\u3000".join(mark),
        f"{level[0]}\u3000{level[1]}★{term}",
        f"{level}☆{term}",
        f"{level}*{term}",
        f"{level}＊{term}",
        f"{level} ★ {term}",
        f"{level}级★{term}",
        f"【{mark}】",
        f"（{mark}）",
        f"[{mark}]",
        f"000123 {mark}",
        f"{mark} 特急",
        f"000123\u3000{mark}\u3000加急",
        f"密级：{level}",
        f"密级和保密期限：{mark}",
        f"密　级：{level}（{term}）",
        f"{level}（{term}）",
        f"市水利局文件    {mark}",
        "\n".join(mark),
        f"{level}\n★{term}",
        f"{level}★\n{term}",
        f"{level[0]}\n{level[1]}\n★\n{term[:4]}",
        f"密级\n{level}",
        f"密级\t{level}",
        f"标题\t{mark}\t备注",
        f"\u200b{mark}\u202c",
        f"{level}⭐{term}",
        f"{level}★",
    ]


CERTAIN: list[str] = sorted(
    {
        page
        for level, term in itertools.product(LEVELS, TERMS)
        for shape in shapes(level, term)
        for page in (shape, f"市水利局文件\n{shape}\n关于水源保护的通知\n各科室：")
    }
    | {
        f"{head}\n关于考试的通知"
        for level in ("绝密", "机密")
        for head in (
            level,
            f"{level}级",
            f"{level}文件",
            f"【{level}】",
            f"{level} 特急",
            "\n".join(level),
        )
    }
    | {"密码电报", "密 码 电 报", "密电", "★10年", "机密20年", "No.000123 秘密★6个月", "绝密★考前"}
)

DOUBTFUL: list[str] = [
    "秘密",
    "秘 密",
    "【秘密】",
    "秘\n密",
    "秘密文件",
    "秘密 特急",
    "000123 秘密",
    "机要件",
    "机要文件",
    "核心秘密",
    "密级和保密期限之间用“★”隔开，如“机密★20年”。",
    "密级标志（机密★20年）应当标在左上角。",
    "第一行\n" * 20 + "会议材料 机密★10年 请勿外传",
]

HARMLESS: list[str] = [
    "",
    "关于加强保密工作的通知",
    "保密工作责任制",
    "《中华人民共和国保守国家秘密法》",
    "保守国家秘密，人人有责",
    "本件不涉及国家秘密",
    "商业秘密保护办法",
    "工作秘密",
    "工作秘密管理暂行办法",
    "密级：公开",
    "密级：内部",
    "密级：无",
    "密级\t公开",
    "密级\n姓名\n年龄",
    "密级：绝密、机密或秘密",
    "密级分为绝密、机密、秘密三级",
    "绝密级以外的事项",
    "机密级计算机使用管理规定",
    "数据的机密性、完整性和可用性",
    "秘密花园",
    "秘密投票、无记名投票",
    "采用秘密划票的方式",
    "涉密人员管理",
    "涉密载体销毁清单",
    "特急",
    "特急 明电",
    "加急",
    "000123",
    "市水利局文件",
    "★",
    "★★★★★",
    "★重点工作",
    "* 机密性要求",
    "2026年1月1日",
    "10年",
    "长期",
    "保管期限：长期",
    "保管期限\t10年",
    "序号\t密级\t标题",
    "机密\t秘密\t内部",
    "正文\n" * 20 + "机密",
    "正文\n" * 20 + "机密20年",
    "会计机密钥管理",
    "打字机密码",
    "机\n械\n设\n备",
    "保\n密\n协\n议",
    "解密",
    "已解密",
    "泄露国家秘密、工作秘密、商业秘密的",
    "秘密级、机密级、绝密级的保密期限分别不超过十年、二十年、三十年",
    "文件密级应当由定密责任人确定",
    "这是一个公开的秘密",
]

NAMES_CERTAIN: list[str] = [
    *(
        name.format(level=level)
        for level in ("绝密", "机密")
        for name in (
            "{level}.pdf",
            "{level}★10年 关于通知.pdf",
            "{level}★10年关于通知.pdf",
            "【{level}】关于通知.docx",
            "（{level}）通知.docx",
            "关于通知（{level}）.docx",
            "关于通知-{level}.docx",
            "{level}_通知.ofd",
            "2026{level}.docx",
            "{level}级 通知.pdf",
            "{level}文件.pdf",
            "{level} 通知",
            "通知 {level}",
        )
    ),
    "秘密★6个月 通知.pdf",
    "絕密.pdf",
    "機 密.pdf",
    "秘密（10年）.pdf",
    "秘密10年.pdf",
]
NAMES_DOUBTFUL: list[str] = [
    "秘密.pdf",
    "通知（秘密）.pdf",
    "秘密_通知.pdf",
    "关于机密★10年文件标注的说明.pdf",
]
NAMES_HARMLESS: list[str] = [
    "保密工作总结.pdf",
    "商业秘密保护办法.docx",
    "机密性要求.docx",
    "绝密级以外事项说明.txt",
    "秘密花园.txt",
    "《机密》观后感.docx",
    "关于国家秘密的学习材料.pdf",
    "工作秘密清单.xlsx",
    "通知.机密",
    ".pdf",
    "",
]
