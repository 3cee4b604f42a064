"""One box of a form, with what stands in it, what may, and what is wrong with it. 一个填空."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _

from zhongshu.apps.processes.editing.document import Table
from zhongshu.apps.processes.editing.settings import Setting
from zhongshu.apps.processes.editing.values import shown

from .pickers import Options, Pickers

Look = Literal[
    "text", "lines", "date", "check", "select", "limit", "checks", "rows", "many", "relied"
]
NUMERIC = "numeric"


class Control(NamedTuple):
    """A box. `whole`: what is picked changes which other boxes there are."""

    name: str
    label: str
    look: Look
    values: tuple[str, ...] = ()
    options: tuple[Options, ...] = ()
    note: str = ""
    fault: str = ""
    whole: bool = False
    wide: bool = False
    mode: str = ""
    bare: bool = False  # the label is for those who do not see

    @property
    def value(self) -> str:
        """The one thing that stands in it."""
        return self.values[0] if self.values else ""

    @property
    def unit(self) -> str:
        """The unit of a limit."""
        return self.values[1] if len(self.values) > 1 else "d"

    @property
    def rows(self) -> tuple[str, ...]:
        """What is chosen, and a blank for one more."""
        return (*self.values, "")

    @property
    def box(self) -> str:
        """The id of the box."""
        return f"id_{self.name}"


class Maker:
    """Makes the boxes of one form."""

    def __init__(
        self, pickers: Pickers, faults: Mapping[str, str], typed: Mapping[str, str] | None = None
    ) -> None:
        self.pickers, self.faults, self.typed = pickers, faults, typed or {}

    def control(self, setting: Setting, table: Table, prefix: str = "", spot: str = "") -> Control:
        """The box of a setting; `spot` is where its table lies."""
        name = prefix + setting.key
        values = tuple(shown(setting, table))
        if name in self.typed:
            values = (self.typed[name],)
        look, options = self._look(setting)
        return Control(
            name,
            str(setting.label),
            look,
            values,
            with_known(options, values) if look in {"select", "rows", "checks"} else options,
            str(setting.note),
            self.fault(spot + setting.key),
            wide=look in {"checks", "relied", "lines"},
            mode=NUMERIC if setting.how in {"number", "limit"} else "",
            whole=look == "rows" or setting.key in {"kind", "type"},
        )

    def select(
        self, name: str, label: str, value: str, options: list[Options], **more: object
    ) -> Control:
        """A box from which one thing is picked; what stands in it can always be picked again."""
        chosen = with_known((BLANK, *options), (value,))
        made = Control(name, label, "select", (value,), chosen)
        return made._replace(**more)  # type: ignore[arg-type]

    def fault(self, spot: str) -> str:
        """What is wrong at a place."""
        return self.faults.get(spot, "")

    def _look(self, setting: Setting) -> tuple[Look, tuple[Options, ...]]:
        """How a setting is filled in, and what it offers."""
        pickers, how = self.pickers, setting.how
        looks: dict[str, Look] = {
            **{"choice": "select", "flag": "check", "limit": "limit", "lines": "lines"},
            **{"several": "checks", "written": "checks", "relied": "relied", "post": "select"},
            **{"node": "select", "number_field": "select", "process": "select"},
            **{"recall": "select", "range": "rows", "targets": "rows"},
        }
        offers: dict[str, Callable[[], tuple[Options, ...]]] = {
            "choice": lambda: (_options(setting),),
            "several": lambda: (_options(setting),),
            "written": lambda: (Options("", pickers.fields()),),
            "relied": lambda: (Options("", pickers.fields()),),
            "post": lambda: (BLANK, Options("", pickers.posts)),
            "node": lambda: (BLANK, Options("", pickers.steps("split", "inclusive"))),
            "number_field": lambda: (BLANK, Options("", pickers.fields("number"))),
            "process": lambda: (BLANK, Options("", tuple(pickers.processes.items()))),
            "recall": lambda: (self._recalls(),),
            "range": lambda: tuple(pickers.ranges()),
            "targets": lambda: (self._targets(),),
        }
        return looks.get(how, "text"), offers.get(how, tuple)()

    def _recalls(self) -> Options:
        before = [
            (f"before:{key}", _("到“{step}”以前").format(step=name))
            for key, name in self.pickers.steps("decide", "task", "acknowledge", "instruct")
        ]
        usual = [
            ("any", _("随时")),
            ("before_decision", _("没有人表态以前")),
            ("never", _("不可以")),
        ]
        return Options("", (*usual, *before))

    def _targets(self) -> Options:
        steps = self.pickers.steps("decide", "task", "acknowledge", "instruct")
        usual = (("any", _("任何经过的步骤")), ("draft", _("拟稿")), ("previous", _("上一步")))
        return Options("", (*usual, *steps))


BLANK = Options("", (("", "—"),))


def with_known(options: tuple[Options, ...], values: tuple[str, ...]) -> tuple[Options, ...]:
    """The options, and what is chosen although it is none of them."""
    known = {key for group in options for key, _label in group.options}
    strange = tuple((one, one) for one in values if one and one not in known)
    return (*options, Options(_("查无此项"), strange)) if strange else options


def _options(setting: Setting) -> Options:
    return Options("", tuple((key, str(word)) for key, word in setting.options))
