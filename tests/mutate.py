"""`make mutate`: change the kernel in thousands of small ways; is there a test that notices?

    make mutate                                  # the whole kernel: hours
    make mutate ONLY=journal                     # one part, tried by the tests of that part alone
    make mutate ONLY='zhongshu.kernel.flow.tally.*'

Prints the share of mutants that some test killed and the names of those that survived; fails
below 95 %. `mutmut show NAME` shows what a survivor changed; docs/reference/mutants.md says why
the known ones may live.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

LEAST = 0.95
KILLED = {"killed", "timeout", "suspicious", "segfault", "caught by type check"}
MUTMUT = str(Path(sys.executable).with_name("mutmut"))

# A part and the tests that are its own: what kills its mutants has to be found there.
FLOW = "tests/kernel/flow/test_"
PARTS: dict[str, tuple[str, ...]] = {
    "errors": ("tests/kernel/test_errors.py",),
    "journal": ("tests/kernel/journal",),
    "triage": ("tests/kernel/triage",),
    "worktime": ("tests/kernel/worktime",),
    "flow.release": tuple(
        f"{FLOW}{name}.py"
        for name in ("release", "release_people", "gaps", "shipped", "telling", "write")
    ),
    "flow.drawing": tuple(f"{FLOW}{name}.py" for name in ("draw", "shipped", "write")),
    "flow.text": tuple(f"{FLOW}{name}.py" for name in ("format", "reference", "shipped", "write")),
}

# mutmut takes the files to change and the tests to run from its configuration alone.
RUN = """
import sys
from mutmut.configuration import config
from mutmut.__main__ import cli
files, tests = sys.argv[1].split(), sys.argv[2].split()
config().only_mutate = files or config().only_mutate
config().pytest_add_cli_args_test_selection = tests or ["tests/kernel"]
sys.argv[1:] = ["run", *sys.argv[3:]]
cli()
"""


def run(parts: list[str], patterns: list[str]) -> list[tuple[str, str]]:
    """Try the mutants of these names; each with what became of it."""
    files = " ".join(f"src/zhongshu/kernel/{part.replace('.', '/')}*" for part in parts)
    tests = " ".join(dict.fromkeys(test for part in parts for test in PARTS[part]))
    children = os.environ.get("CHILDREN") or str(os.cpu_count() or 1)
    options = [files, tests, "--max-children", children, *patterns]
    subprocess.run([sys.executable, "-c", RUN, *options], check=False)
    told = subprocess.run(
        [MUTMUT, "results", "--all", "true"], check=True, capture_output=True, text=True
    ).stdout
    rows = [line.strip().rpartition(": ") for line in told.splitlines() if ": " in line]
    return [(name, state) for name, _, state in rows if state != "not checked"]


def main(asked: list[str]) -> int:
    parts = [name for name in asked if name in PARTS]
    patterns = [f"zhongshu.kernel.{name}.*" if name in PARTS else name for name in asked]
    checked = [
        (name, state)
        for name, state in run(parts, patterns)
        if not patterns or any(fnmatch(name, pattern) for pattern in patterns)
    ]
    counts = Counter(state for _, state in checked)
    for name, state in checked:
        if state not in KILLED:
            print(f"{state:10} {name}")
    killed = sum(counts[state] for state in KILLED)
    share = killed / max(len(checked), 1)
    print(f"{killed} of {len(checked)} mutants killed, {share:.1%}; {dict(counts)}")
    return 0 if checked and share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
