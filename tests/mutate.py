"""`make mutate`: change the kernel in thousands of small ways; is there a test that notices?

    make mutate                                  # the whole kernel: hours
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
from pathlib import Path

LEAST = 0.95
KILLED = {"killed", "timeout", "suspicious", "segfault", "caught by type check"}
MUTMUT = str(Path(sys.executable).with_name("mutmut"))


def main(patterns: list[str]) -> int:
    children = str(os.cpu_count() or 1)
    subprocess.run([MUTMUT, "run", "--max-children", children, *patterns], check=False)
    told = subprocess.run(
        [MUTMUT, "results", "--all", "true"], check=True, capture_output=True, text=True
    ).stdout
    rows = [line.strip().rpartition(": ") for line in told.splitlines() if ": " in line]
    checked = [(name, state) for name, _, state in rows if state != "not checked"]
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
