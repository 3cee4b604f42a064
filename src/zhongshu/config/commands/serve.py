"""`zhongshu serve`: the pages. 网页."""

from __future__ import annotations

import socket
from importlib.metadata import version
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces, SSLProtocols
from granian.http import HTTP1Settings

from zhongshu.config import home, safety, starting

from .work import refuse_if_unsafe

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
THREADS = 4  # of each worker: most of a request is waiting for the database


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数")
@click.option("--cert", type=FILE, help="TLS 证书 certificate (PEM)")
@click.option("--key", type=FILE, help="TLS 私钥 private key (PEM)")
def serve(host: str, port: int, workers: int, cert: Path | None, key: Path | None) -> None:
    """网页。没有证书时须由前面的网关加密，或只在本机试用。

    The pages. Without a certificate a gateway in front must end TLS, or it is a trial on this
    machine alone.
    """
    starting.log_to_terminal()
    with starting.only("serve"):
        refuse_if_unsafe()
        _refuse_plain(host, cert, key)
        _refuse_taken(host, port)
        collect()
        starting.end_with_parent()
        Granian(
            "zhongshu.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            backpressure=THREADS * 16,
            websockets=False,
            http1_settings=HTTP1Settings(header_read_timeout=10_000),
            ssl_cert=cert,
            ssl_key=key,
            ssl_protocol_min=SSLProtocols.tls12,
            respawn_failed_workers=True,
            workers_kill_timeout=30,
        ).serve()


def _refuse_plain(host: str, cert: Path | None, key: Path | None) -> None:
    """TLS ends here, or at the gateway, or nothing leaves this machine."""
    if (cert is None) != (key is None):
        raise click.UsageError("证书和私钥要一起给 / --cert and --key belong together")
    if cert is not None or (settings.GATEWAY and settings.HTTPS):
        return
    if settings.HTTPS:
        starting.refuse(
            "HTTPS 打开着，却没有证书：给出 --cert 和 --key；前面有网关时设 ZHONGSHU_GATEWAY=1；"
            "只在本机试用时设 ZHONGSHU_HTTPS=0"
        )
    if host not in safety.LOCAL:
        starting.refuse(f"没有加密，不能在 {host} 上提供：只可用 127.0.0.1")


def _refuse_taken(host: str, port: int) -> None:
    """Say plainly that another program has the port; the supervisor tries again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as why:
            raise click.ClickException(
                f"用不了 {host}:{port}：{why.strerror} / cannot listen there"
            ) from why


def collect() -> bool:
    """Copy style sheets and the like to where they are served from, once for each version."""
    mark = settings.STATIC_ROOT / ".version"
    now = version("zhongshu")
    if mark.exists() and mark.read_text("ascii") == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    home.write_whole(mark, now)
    return True
