"""Sign-in with an identity provider, in a server that has one: see with_identity_provider.py."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path


def test_with_an_identity_provider() -> None:
    inside = Path(__file__).with_name("with_identity_provider.py")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = os.environ | {"ZHONGSHU_OIDC": f"http://127.0.0.1:{port} client secret"}
    environ.pop("PYTEST_XDIST_WORKER", None)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "--no-cov", str(inside)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
