"""联系人 and telephone, in the note of an upward paper or at the end of the text. 附注.

[practice]; the regulation asks for notes "as needed" (article 9(14)).
"""

from __future__ import annotations

import re

from zhongshu.kernel.papers.reading import Contact

from .shape import HAN, plain

LABEL = re.compile(
    r"(?:联系人|联络人|联络员|经办人|承办人|会务联系人|工作联系人|业务联系人)"
    r"(?:(?:姓名)?(?:及|和|、)?(?:联系)?(?:电话|方式|手机))?[:]?(?!邮|电子|信箱)"
)
UNIT = rf"(?:[{HAN}]{{2,20}}(?:局|处|科|室|办公室|中心|股|部|委|厅|站|队|院|办))?"
NAME = re.compile(
    rf"{UNIT}[\s,:]*(?P<name>[{HAN}]{{2,4}}?)"
    r"(?:同志|科长|处长|主任|副科长|副处长|先生|女士)?"
    r"(?=[\s,;。、.:()\d/+]|联系|电话|手机|办公|传真|邮箱|电子|$)"
)
PHONE = re.compile(
    r"(?<![\d-])(?:\(?0\d{2,3}\)?[-\s]?\d{3,4}[-\s]?\d{4}(?:[-转]\d{1,5})?"
    r"|1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|400[-\s]?\d{3}[-\s]?\d{4}"
    r"|[2-9]\d{6,7}|[2-9]\d{2,3}-\d{4})(?!\d)"
)
PHONE_LABEL = re.compile(r"(?:联系电话|咨询电话|电话|手机|联系方式)(?:号码)?[:]?")
PHONE_BEFORE = re.compile(rf"{PHONE_LABEL.pattern}(?P<phone>{PHONE.pattern})[\s,;。、]*$")
MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
NEAR = 60  # letters between a name and its telephone


def find(text: str) -> tuple[Contact, int] | None:
    """The first person to ask that a text names, and where; None without one. 经办人 may also be
    a word of a sentence, so a label with a name and a telephone goes before one with half."""
    shape = plain(text)
    hits = [hit for label in LABEL.finditer(shape) if (hit := _labelled(text, shape, label))]
    if hits:
        return next((hit for hit in hits if hit[0].name and hit[0].phone), hits[0])
    asked = PHONE_LABEL.search(shape)
    phone = PHONE.match(shape, asked.end()) if asked else None
    if asked is None or phone is None:
        return None
    mail = MAIL.search(shape, phone.end())
    return Contact("", _tidy(phone), mail[0] if mail else ""), asked.start()


def _labelled(text: str, shape: str, label: re.Match[str]) -> tuple[Contact, int] | None:
    """What stands behind a label, the telephone perhaps just before it."""
    behind = shape[label.end() : label.end() + NEAR * 2]
    named = NAME.match(behind)
    phone, mail = PHONE.search(behind), MAIL.search(behind)
    if not named and not phone:
        return None
    at = label.end()
    name = text[at + named.start("name") : at + named.end("name")] if named else ""
    before = PHONE_BEFORE.search(shape[max(0, label.start() - NEAR) : label.start()])
    number = _tidy(phone) if phone else _tidy(before, "phone")
    return Contact(name, number, mail[0] if mail else ""), label.start()


def _tidy(phone: re.Match[str] | None, group: str | int = 0) -> str:
    """A telephone number without gaps."""
    return "".join(phone[group].split()) if phone else ""
