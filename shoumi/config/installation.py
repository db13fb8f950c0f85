"""One installation (一套安装): its folder, grade, hosts and database, read from `installation.toml`."""

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from shoumi.kernel.levels import Level

FILE = "installation.toml"
SECRET = "secret.key"
# The accounts of a demonstration; whoever builds one writes them last.
ACCOUNTS = "accounts.json"
# PostgreSQL takes every query for a report; ours are pages: short, many, and found by index.
PACE = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"


class BadInstallation(RuntimeError):
    """The data folder says something the program must not start with."""


@dataclass(frozen=True)
class Installation:
    """What `installation.toml` says; `grade` is the deployment grade (部署等级)."""

    folder: Path
    identity: str
    secret_key: str
    grade: Level
    demonstration: bool
    hosts: list[str]
    https: bool
    trusted_origins: list[str]
    database_url: str

    @classmethod
    def load(cls, folder: Path) -> "Installation":
        """Read the folder; an unmade one yields a closed installation good for tests and tools."""
        said: dict[str, Any] = {}
        if (folder / FILE).exists():
            said = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        grade = Level.from_label(said.get("grade", "内部"))
        database_url = os.environ.get("SHOUMI_DATABASE", said.get("database", ""))
        return cls(
            folder=folder,
            identity=str(said.get("identity", "")),
            secret_key=_secret(folder),
            grade=grade,
            demonstration=bool(said.get("demonstration", False)),
            hosts=list(said.get("hosts", ["127.0.0.1", "localhost", "[::1]"])),
            https=bool(said.get("https", False)),
            trusted_origins=list(said.get("trusted_origins", [])),
            database_url=database_url,
        )

    @staticmethod
    def make(folder: Path, *, grade: Level, demonstration: bool, hosts: list[str]) -> None:
        """Write the folder of a new installation with a secret of its own."""
        if (folder / FILE).exists():
            raise BadInstallation(f"{folder} 中已有一套安装，不能重复建立")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lines = [
            f'identity = "{secrets.token_hex(16)}"',
            f'grade = "{grade.label}"',
            f"demonstration = {str(demonstration).lower()}",
            "hosts = [" + ", ".join(f'"{h}"' for h in hosts) + "]",
            "https = false",
        ]
        (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
        if not (folder / SECRET).exists():
            (folder / SECRET).touch(mode=0o600)
            (folder / SECRET).write_text(secrets.token_urlsafe(64), encoding="utf-8")

    def postgres(self) -> dict[str, Any]:
        """Django's database setting of this installation."""
        return postgres_settings(self.database_url)


def postgres_settings(address: str) -> dict[str, Any]:
    """Django's setting from `postgresql://user:password@host:port/name?host=/socket`."""
    url = urlsplit(address)
    if url.scheme != "postgresql":
        raise BadInstallation("database 只能是 postgresql:// 开头的地址，或不写（使用内置数据库）")
    query = parse_qs(url.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.get("host", [url.hostname or ""])[0],
        "PORT": str(url.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": PACE},
    }


def _secret(folder: Path) -> str:
    """The installation's own key; where none is made yet, one that dies with the process."""
    path = folder / SECRET
    if not path.exists():
        return secrets.token_urlsafe(64)
    key = path.read_text(encoding="utf-8").strip()
    if len(key) < 50:
        raise BadInstallation(f"{SECRET} 不足 50 个字符，拒绝启动")
    return key
