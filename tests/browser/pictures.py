"""The pictures of the README, taken from the demo as it is: `make pictures`.

Builds the demo in a folder of its own, serves it, signs people in and photographs what they see.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
PASSWORD = "云泽-水务-2026"
PATIENCE = 60  # seconds until the server must answer


class Shot(NamedTuple):
    """One picture: its name, whose page, the address, or what to press to get there."""

    name: str
    who: str
    path: str
    press: str = ""
    width: int = 1440
    height: int = 900
    dark: bool = False


SHOTS = (
    Shot("register", "00011", "/documents/tray/", press=".queue-what a"),
    Shot("document", "00007", "/documents/ledger/", press="main table a"),
    Shot("desk", "00007", "/"),
    Shot("desk-night", "00007", "/", dark=True),
    Shot("desk-phone", "00007", "/", width=390, height=844),
    Shot("checkup", "00001", "/processes/procurement/checkup/"),
    Shot("supervision", "00001", "/supervision/"),
    Shot("ledgers", "00001", "/ledgers/"),
)


@contextmanager
def house() -> Iterator[str]:
    """The demo, running; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        home = {**os.environ, "ZHONGSHU_HOME": f"{folder}/house", "ZHONGSHU_HTTPS": "0"}
        command = [sys.executable, "-m", "zhongshu.config", "demo", "--port", str(port)]
        subprocess.run([*command, "--no-serve"], check=True, env=home)
        serving = subprocess.Popen(command, env=home, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()
            serving.wait()


def wait_for(address: str) -> None:
    """Until the server answers."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def signed_in(browser: Browser, address: str, shot: Shot) -> Page:
    """A window of this person."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        locale="zh-CN",
        base_url=address,
    )
    page.goto("/")
    page.fill("input[name=login]", shot.who)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".rail")
    return page


def take(browser: Browser, address: str, shot: Shot) -> None:
    """One picture."""
    page = signed_in(browser, address, shot)
    page.goto(shot.path)
    if shot.press:
        page.locator(shot.press).first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{shot.name}.png")
    page.context.close()


def main() -> None:
    """All pictures."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
    if found is None:
        sys.exit("no Chromium on this machine")
    PICTURES.mkdir(exist_ok=True)
    with house() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for shot in SHOTS:
            take(browser, address, shot)
        browser.close()


if __name__ == "__main__":
    main()
