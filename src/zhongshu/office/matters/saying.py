"""Why an act on a matter was refused, in sentences: the flow's reasons and those of the apps. 理由.

A listener of an app may refuse a step of the flow, so whoever shows a refusal asks here.
"""

from __future__ import annotations

from collections.abc import Mapping

from zhongshu.kernel.errors import Reason, Refused
from zhongshu.kernel.flow import words

_words: dict[str, tuple[str, str]] = {}


def register(reasons: Mapping[str, tuple[str, str]]) -> None:
    """Have the sentences of an app's own reasons, Chinese and English, by their codes."""
    _words.update(reasons)


def refusal(refused: Refused, names: words.Names, language: words.Language = "zh") -> str:
    """All reasons, one a line, each sentence once."""
    return "\n".join(dict.fromkeys(_said(one, names, language) for one in refused.reasons))


def _said(one: Reason, names: words.Names, language: words.Language) -> str:
    if one.code not in _words:
        return words.say(one, names, language)
    values = {key: names.get(value) or value for key, value in one.about}
    return _words[one.code][0 if language == "zh" else 1].format_map(values)
