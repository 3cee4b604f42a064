"""Commands start as fast as they can: what needs no house does not wait for Django."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from zhongshu.config.cli import DOORS, main

KERNEL_ONLY = ["--help", "flow --help", "journal --help", "journal verify --help", "run --help"]


@pytest.mark.parametrize("words", KERNEL_ONLY)
def test_what_needs_only_the_kernel_does_not_load_django(words: str) -> None:
    code = (
        "import sys\nfrom zhongshu.config.cli import main\n"
        f"main({words.split()!r}, standalone_mode=False)\n"
        "assert 'django.apps' not in sys.modules and 'django.db' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("name", DOORS)
def test_behind_every_door_is_a_command_that_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage: " in result.output


def test_an_unknown_command_is_said() -> None:
    result = CliRunner().invoke(main, ["fly"])
    assert result.exit_code == 2
    assert "No such command 'fly'" in result.output
