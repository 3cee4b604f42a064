"""To one configured address, signed, so that the other side knows from whom it comes. 签名推送.

    POST, JSON, with
    X-Zhongshu-Delivery   the key of the delivery, the same each time it is tried
    X-Zhongshu-Time       seconds since 1970
    X-Zhongshu-Signature  v1=HMAC-SHA256 of "time.delivery.body" in hexadecimal

The receiver refuses what is older than five minutes and what it has had before. No address but the
configured one is ever called, and no redirection followed.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import ssl
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from zhongshu.office import clock

from .letter import Hopeless, Letter, Undelivered

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def target(address: str) -> SplitResult | None:
    """The configured address, in its parts; None if there is none that may be used.

    Encrypted unless it never leaves the machine; no user in it, no fragment, one line.
    """
    parts = urlsplit(address)
    plain = parts.scheme == "http" and parts.hostname in LOOPBACK
    sound = parts.hostname and "@" not in parts.netloc and not parts.fragment
    unbroken = address.isascii() and address.isprintable() and " " not in address
    return parts if sound and unbroken and (plain or parts.scheme == "https") else None


def sign(secret: bytes, at: int, key: str, body: bytes) -> str:
    """The signature of a delivery."""
    text = f"{at}.{key}.".encode() + body
    return f"v1={hmac.new(secret, text, hashlib.sha256).hexdigest()}"


def send(letter: Letter) -> None:
    """Hand it over. Returns only after the other side has answered that it has it."""
    address, secret = target(settings.NOTICES_WEBHOOK), settings.NOTICES_WEBHOOK_SECRET
    if address is None or not secret:
        raise Hopeless("推送地址或密钥未配置")
    body = _body(letter)
    at = int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "zhongshu",
        "X-Zhongshu-Delivery": letter.key,
        "X-Zhongshu-Time": str(at),
        "X-Zhongshu-Signature": sign(secret.encode(), at, letter.key, body),
    }
    try:
        status = _post(address, body, headers)
    except (OSError, http.client.HTTPException) as no:
        raise Undelivered(f"推送：{type(no).__name__}") from no
    if not 200 <= status < 300:
        raise Undelivered(f"推送地址答复 {status}")


def _body(letter: Letter) -> bytes:
    return json.dumps(
        {
            "delivery": letter.key,
            "person": letter.staff_number,
            "sentence": letter.sentence,
            "number": letter.number,
            "title": letter.title,
            "link": letter.link,
            "pressing": letter.pressing,
            "at": letter.at.isoformat(),
        },
        ensure_ascii=False,
    ).encode()


def _post(address: SplitResult, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer. Nothing else of it is read."""
    host, port, wait = address.hostname or "", address.port, settings.NOTICES_TIMEOUT
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    plain = address.scheme == "http"
    link = (
        http.client.HTTPConnection(host, port, timeout=wait)
        if plain
        else http.client.HTTPSConnection(
            host, port, timeout=wait, context=ssl.create_default_context()
        )
    )
    guard = Timer(settings.NOTICES_PATIENCE, _cut, (link,))
    guard.daemon = True
    guard.start()
    try:
        link.request("POST", path, body, headers)
        return link.getresponse().status
    finally:
        guard.cancel()
        link.close()


def _cut(link: http.client.HTTPConnection) -> None:
    """End the connection under whoever waits for it."""
    if link.sock is not None:
        link.sock.shutdown(socket.SHUT_RDWR)
