"""`make mutate`: change the kernel in thousands of small ways; is there a test that notices?

    make mutate                                  # the whole kernel
    make mutate ONLY=journal                     # one part, tried by the tests of that part alone
    make mutate ONLY='zhongshu.kernel.flow.tally.*'

Prints the share of mutants that some test killed and the names of those that survived; fails
below 95 %. `mutmut show NAME` shows what a survivor changed; docs/reference/mutants.md says why
the known ones may live.

mutmut makes the mutants and finds out which tests reach them. The tests are read once: a mutant is
a fork that runs those that reach it, first those that killed others of late, then the fastest, and
ends at the first that fails or goes round for ever. Only time of the processor counts: a busy
machine kills nothing.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.config import _prepareconfig
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.runners.harness import PytestRunner
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import change_cwd
from mutmut.workers import isolation

LEAST = 0.95
KILLED = {"killed", "timeout", "suspicious", "segfault", "caught by type check"}
KILLERS = Path("killed-by.txt")  # beside the mutants: the tests that failed, in order
TIMEOUT = 36  # the exit code that mutmut takes for one
CHILDREN = int(os.environ.get("CHILDREN") or os.cpu_count() or 1)


class Part(NamedTuple):
    """Where the mutants of a part are made, and the tests that have to kill them."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]

    def names(self) -> list[str]:
        """Patterns of the names of its mutants."""
        modules = [path.removeprefix("src/").replace("/", ".") for path in self.sources]
        return [module.removesuffix("py").rstrip(".*") + ".*" for module in modules]


def _part(name: str, *tests: str) -> Part:
    return Part((f"src/zhongshu/kernel/{name}*",), tests)


def _flow(name: str, *tests: str) -> Part:
    return _part(f"flow/{name}", *(f"tests/kernel/flow/test_{test}.py" for test in tests))


ENGINE = tuple(str(path) for path in sorted(Path("src/zhongshu/kernel/flow").glob("*.py")))
PARTS = {
    "duties": _part("duties", "tests/kernel/duties"),
    "errors": _part("errors", "tests/kernel/test_errors.py"),
    "flow": Part((*ENGINE, "src/zhongshu/kernel/flow/verbs/*"), ("tests/kernel/flow",)),
    "flow.drawing": _flow(
        "drawing", "bpmn", "draw", "golden_drawings", "in_words", "shipped", "telling", "write"
    ),
    "flow.release": _flow(
        "release", "gaps", "release", "release_people", "shipped", "telling", "write"
    ),
    "flow.text": _flow("text", "format", "reference", "shipped", "write"),
    "journal": _part("journal", "tests/kernel/journal"),
    "papers": _part("papers", "tests/kernel/papers"),
    "supervision": _part("supervision", "tests/kernel/supervision"),
    "triage": _part("triage", "tests/kernel/triage"),
    "worktime": _part("worktime", "tests/kernel/worktime"),
}


class Runner(PytestRunner):
    """Runs the tests of a mutant in a fork of a session that has read them all."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.items: dict[str, pytest.Item] | None = None

    def execute_pytest(self, params: list[str], plugins: Sequence[object] = ()) -> int:
        return super().execute_pytest(params, plugins=[*plugins, self.clock])

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        if mutant_name is None:  # the tests themselves, before any mutant
            code = super().run_tests(mutant_name=None, tests=tests)
            self.items = self.items or self._read()
            return code
        assert self.items is not None
        os.chdir("mutants")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        signal.signal(signal.SIGVTALRM, lambda *_: os._exit(TIMEOUT))
        late = KILLERS.read_text().split("\n")[-50:] if KILLERS.exists() else []
        order = [*reversed(late), *tests]
        wanted = set(tests)
        items = [self.items[test] for test in dict.fromkeys(order) if test in wanted]
        for item, following in pairwise([*items, None]):
            assert item is not None
            signal.setitimer(signal.ITIMER_VIRTUAL, 2 + 5 * self.clock.spent[item.nodeid])
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return 0

    def _read(self) -> dict[str, pytest.Item]:
        options = ["--rootdir=.", "-qq", "-s", "--tb=no", "-p", "no:randomly"]
        options += config().pytest_add_cli_args
        options += config().pytest_add_cli_args_test_selection
        with change_cwd("mutants"):
            settings = _prepareconfig(options, [Stop()])
            settings._do_configure()
            session = pytest.Session.from_config(settings)
            settings.hook.pytest_sessionstart(session=session)
            settings.hook.pytest_collection(session=session)
        return {item.nodeid: item for item in session.items}


class Clock:
    """How much time of the processor each test takes when nothing was changed."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        start = time.process_time()
        done = yield
        self.spent[item.nodeid] = time.process_time() - start
        return done


class Stop:
    """The first test that fails is the end of a mutant."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            with KILLERS.open("a") as killers:
                killers.write(f"{report.nodeid}\n")
            os._exit(1)


def run(parts: Sequence[str], patterns: Sequence[str]) -> list[tuple[str, str]]:
    """Try the mutants of these names; each with what became of it."""
    sys.modules.pop("tests", None)  # this package; the tests of the mutants are a copy of it
    isolation.PytestRunner = Runner
    isolation.register_timeout = lambda pid, timeout_s: None  # that is by the clock
    if parts:
        config().only_mutate = [path for part in parts for path in PARTS[part].sources]
        tests = dict.fromkeys(test for part in parts for test in PARTS[part].tests)
        config().pytest_add_cli_args_test_selection = list(tests)
    mutmut._run(patterns, CHILDREN)
    found, _ = mutmut.collect_source_file_mutation_data(mutant_names=[])
    return [(name, status_by_exit_code[data.exit_code_by_key[name]]) for data, name, _ in found]


def main(asked: Sequence[str]) -> int:
    parts = [name for name in asked if name in PARTS]
    patterns = [name for one in asked for name in (PARTS[one].names() if one in PARTS else [one])]
    checked = [
        (name, fate)
        for name, fate in run(parts, patterns)
        if fate != "not checked"
        and (not patterns or any(fnmatch(name, pattern) for pattern in patterns))
    ]
    counts = Counter(fate for _, fate in checked)
    for name, fate in checked:
        if fate not in KILLED:
            print(f"{fate:10} {name}")
    killed = sum(counts[fate] for fate in KILLED)
    share = killed / max(len(checked), 1)
    print(f"{killed} of {len(checked)} mutants killed, {share:.1%}; {dict(counts)}")
    return 0 if checked and share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
