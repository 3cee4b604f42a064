"""What a recount finds: which row does not agree with what is sealed, and how. 不符."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One difference. `where` names table and row, so that it can be looked at; `about` says what
    was expected; never a word out of a paper."""

    code: str
    where: str
    about: str = ""

    def tell(self) -> str:
        """The difference in words."""
        chinese, english = WORDS[self.code]
        return f"{chinese} / {english}" + (f": {self.about}" if self.about else "")


WORDS = {
    "entry_unreadable": ("日志条目读不出来", "the entry cannot be read"),
    "entry_column": ("日志条目的列与正文不符", "a column differs from the sealed bytes"),
    "entry_place": ("封存位置有缺或重复", "places in the tree are not gapless"),
    "entry_foreign": ("条目不属于这本日志", "the entry names another journal"),
    "entry_unsealed": ("早已该封存的条目没有封存", "an old entry was never sealed"),
    "journal_column": (
        "日志的列与第一条所记不符",
        "a column of the journal differs from its opening",
    ),
    "reference": ("有行指向不存在的行", "a row refers to one that is not there"),
    "opening": ("日志的第一条不是开立", "the journal does not begin with its opening"),
    "node": ("封存树的节点不符，改动在其下的条目中", "a node of the tree differs: look below it"),
    "node_extra": ("封存树多出节点", "the tree has nodes that nothing explains"),
    "front": ("日志前沿不符", "the front of the journal differs"),
    "head": (
        "头码不符，改动在上一头码之后",
        "a head differs: the change came after the one before",
    ),
    "salt": ("个人字段与封存的摘要不符", "a personal field differs from its sealed digest"),
    "salt_missing": ("个人字段不见了，没有遗忘记录", "a personal field is gone, and none said so"),
    "salt_extra": ("多出封存中没有的个人字段", "a personal field that the entry does not seal"),
    "matter_unopened": ("事项没有开立记录，或不止一条", "not exactly one entry opens this matter"),
    "matter_gone": ("日志中有的事项不见了", "a matter of the journal is gone"),
    "matter_column": ("事项的列与日志重算不符", "a column of the matter differs from the recount"),
    "event_gone": ("日志中有的流水不见了", "an event of the journal is gone"),
    "event_extra": ("流水没有日志条目", "an event without its entry"),
    "event_column": ("流水的列与日志不符", "a column of the event differs from its entry"),
    "event_text": ("流水正文与日志中的摘要不符", "the event differs from its sealed digest"),
    "event_number": ("流水序号有缺或重复", "events are not numbered without gaps"),
    "replay": ("流水重放不下去", "the events cannot be replayed"),
    "case": ("办理状态与流水重放不符", "the case differs from its events replayed"),
    "case_gone": ("办理状态不见了", "the case is gone"),
    "todo_gone": ("少了应有的待办", "a to-do is missing"),
    "todo_extra": ("多出不应有的待办", "a to-do that nobody should have"),
    "todo_column": ("待办的列与重算不符", "a column of the to-do differs from the recount"),
    "participant_gone": ("经手人记录不见了", "somebody it came to is no longer among its people"),
    "participant_extra": (
        "多出一名经手人，没有任何一步交给过他",
        "somebody is among its people to whom no step ever came",
    ),
    "comment_gone": ("日志中有的留言不见了", "a remark of the journal is gone"),
    "comment_extra": ("留言没有日志条目", "a remark without its entry"),
    "comment_column": ("留言与日志不符", "a remark differs from its entry"),
    "link_gone": ("日志中有的关联不见了", "a link of the journal is gone"),
    "link_extra": ("关联没有日志条目", "a link without its entry"),
    "answered": ("已办记录指向没有的流水", "an answered command names no event"),
    "series": ("编号有缺，没有跳号记录", "numbers have gaps that nothing explains"),
    "process_text": ("流程正文与日志中的摘要不符", "a process differs from its sealed digest"),
    "process_column": ("流程的列与日志不符", "a column of the process differs from the journal"),
    "process_gone": ("日志中有的流程不见了", "a process of the journal is gone"),
}
