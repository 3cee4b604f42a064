"""Measure triage: the index, the gap to known optima, the office.

python benchmarks/triage.py               the order of a bureau out of SQLite and PostgreSQL
python benchmarks/triage.py --orlib DIR   the gap to the optimum on each wt*.txt found in DIR
python benchmarks/triage.py --desk        the office simulation; --svg FILE also draws the picture
"""

import argparse
from pathlib import Path

import triage_desk
import triage_index
import triage_orlib


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orlib", type=Path, metavar="DIR")
    parser.add_argument("--desk", action="store_true")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--days", type=int, default=250)
    parser.add_argument("--svg", type=Path, metavar="FILE")
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    if options.orlib:
        triage_orlib.report(options.orlib)
    elif options.desk:
        triage_desk.report(options.seeds, options.days, options.svg)
    else:
        triage_index.report(options.rows)


if __name__ == "__main__":
    main()
