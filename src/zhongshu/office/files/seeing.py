"""The child's side of the jail for the optical reader, with limits of its own. 光学识读进程。

It is a program apart because it is large (about 1 GiB) and needed by few: it starts when a scan is
read, and leaves when nothing was read for a while. See `jailed.py` for what it is told.
"""

from __future__ import annotations

import json
import signal
import socket
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

if __name__ == "__main__":  # pragma: no cover - the tests import this file, the warden runs it
    sys.path.extend(json.loads(sys.argv[1])["paths"])

from zhongshu.kernel.papers.layout import Page
from zhongshu.office.files import jailed, limits, walls
from zhongshu.office.files.readers import sight


def see(source: BinaryIO, kind: str, page: int) -> Page:
    """One page, read from its picture."""
    return sight.page(source, kind, page)


def warm(faces: Mapping[str, str]) -> int:
    """Load readers and models; the size of the jail while it is empty."""
    jailed.warm(faces)
    sight.warm()
    return walls.size_now()


def main(told: Mapping[str, Any]) -> None:  # pragma: no cover - the warden
    """Serve until the asker is gone."""
    jailed.FUNCTIONS["see"] = see
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=0) as asker:
        jailed.serve(asker, warm(told["faces"]), limits.SEEING)


if __name__ == "__main__":  # pragma: no cover - the warden
    main(json.loads(sys.argv[1]))
