"""Names of organs. 机关名称.

There is no list of all organs; a name is known by its last word. The standard asks for the full
or the standard short name (GB/T 9704-2012, 7.2.4, 7.3.5); [practice] a general office also meets
enterprises, schools and hospitals, which follow the regulation by reference (article 40).
"""

from __future__ import annotations

import re

from .shape import HAN, plain

LAST = (
    "人民政府|政府|办公厅|办公室|委员会|管委会|常委会|党委|党组|党工委|工委|纪委|监委|监察委|组织部|"
    "宣传部|统战部|政法委|编办|委办|府办|局办|市委|县委|区委|省委|州委|旗委|镇委|乡委|工作组|工作队|"
    "指挥部|司令部|领导小组|协调小组|专项小组|专班|联席会议|厅|局|部|委|署|院|校|社|所|站|中心|支队|总队|大队|"
    "中队|分队|公司|集团|银行|学校|大学|学院|中学|小学|幼儿园|医院|协会|学会|商会|联合会|总会|"
    "基金会|工会|总工会|妇联|团委|科协|文联|残联|侨联|工商联|政协|人大|法院|检察院|街道|社区|园区|"
    "开发区|新区|馆|处|科|股|室|队|厂|场|港|库|所属单位|事务所|仲裁委|分局|支行|分行|分公司|监狱|组"
)
NAME = re.compile(rf"[{HAN}A-Za-z0-9()、·“”\-]{{1,45}}?(?:{LAST})(?:\((?:章|盖章|公章|印章)\))?")
SEAL = re.compile(r"\((?:章|盖章|公章|印章|印)\)$")
NOT_IN_NAME = re.compile(
    r"关于|通知|报告|请示|请[你各予将]|现将|的[^省市县区]|如下|附件|联系|电话|抄送|印发|签发|为了|根据|"
    r"^[在各全本我你贵该并及和与对按由经以]|[是了把被就也都要将]|^[第请]|负责|落实|加强|^\d|一[局厅处科室部委]$"
)
GOES_ON = "公长务任员"  # 局办公会议 is no 局办, 水利局局长 no 水利局局
AND = re.compile(r"[\s,、]+")


def is_name(text: str) -> bool:
    """Whether a text is the name of one organ and nothing else."""
    shape = plain(text)
    return bool(NAME.fullmatch(shape)) and not NOT_IN_NAME.search(shape)


def bare(text: str) -> str:
    """A name without the word that stands for the seal."""
    shape = SEAL.search(plain(text))
    return text[: shape.start()] if shape else text


def leading(text: str) -> str:
    """The organ a text begins with, the longest that leaves something behind; empty without."""
    shape = plain(text)
    for end in range(min(len(shape) - 1, 40), 3, -1):
        if is_name(shape[:end]) and shape[end] not in GOES_ON:
            return text[:end]
    return ""


def names(text: str) -> tuple[str, ...]:
    """The organs that stand side by side, or nothing when any of it is no organ."""
    found = tuple(part for part in AND.split(text) if part)
    return tuple(map(bare, found)) if found and all(map(is_name, found)) else ()
