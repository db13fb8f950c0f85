"""Transport (加密传输): what the server asks before it listens to anybody but this machine."""

import ipaddress

from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.controls import Control

TRANSPORT = Control("systems.transport", kind="refuse", label="加密传输")


def require_encryption(*, listen: str, https: bool) -> None:
    """Refuse to serve other machines in plain text. Clause: systems.transport."""
    if not https and not _is_this_machine(listen):
        raise Refusal(
            f"监听 {listen} 将以明文对外服务，未启用加密传输，不予启动",
            clause="systems.transport",
            way_on="请在前端代理启用加密传输后，在 installation.toml 写明 https = true；"
            "或者只监听 127.0.0.1",
        )


def _is_this_machine(listen: str) -> bool:
    try:
        return ipaddress.ip_address(listen.strip("[]")).is_loopback
    except ValueError:
        return listen == "localhost"
