"""The shim between SQLite and the disk: built where there is a C compiler, else told why not."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")


def compiler() -> str | None:
    """A C compiler, if there is one."""
    return next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)


def build(folder: Path) -> Path:
    """The library to load before everything else."""
    made = folder / "shim.so"
    command = [compiler() or "cc", "-shared", "-fPIC", "-O1", "-o", str(made), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return made


class Shim:
    """The shim that was loaded into this process."""

    def __init__(self) -> None:
        self.library = ctypes.CDLL(None)
        self.library.shim_count.restype = ctypes.c_long

    def watch(self, folder: Path, log: Path | None = None) -> None:
        """Stand before every file whose name begins so; with `log`, record there."""
        name = bytes(log) if log else None
        self.library.shim_watch(bytes(folder), name)

    def fail(self, at: int, kind: int = 0) -> None:
        """Fail the `at`-th operation from now: 0 full for good, 1 error for good, 2 full once,
        3 error once; never with -1."""
        self.library.shim_fail(ctypes.c_long(at), kind)

    def count(self) -> int:
        """How many operations there were since `fail`."""
        return int(self.library.shim_count())
