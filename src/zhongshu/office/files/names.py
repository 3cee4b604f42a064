"""The name somebody gave a file: text to show, never a place. 文件名只是文字。"""

from __future__ import annotations

import re
import unicodedata

from zhongshu.office.refusal import refuse

LONGEST = 200
# Marks that turn or hide text: bidirectional controls, zero-width characters, the byte order mark
UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(name: str) -> str:
    """The name in one spelling, without marks nobody sees; refused where it holds controls."""
    name = re.split(r"[/\\]", name)[-1]  # some browsers send the whole path
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in name):
        raise refuse("bad_name")
    name = UNSEEN.sub("", unicodedata.normalize("NFC", name)).strip(" .\u3000")
    if not name:
        raise refuse("bad_name")
    if len(name) > LONGEST:
        raise refuse("name_too_long", most=LONGEST)
    return name
