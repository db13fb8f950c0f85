"""Check that no tracked file names a host to fetch from, or a folder of somebody's machine.

The installation must work on a network that reaches nothing, from any folder. Vendored files speak of
their authors' sites in comments and licences; they are checked for what a browser would load instead.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = "shoumi/platform/ui/static/vendor/"
BINARY = {".png", ".jpg", ".ico", ".gz", ".xlsx", ".docx", ".pdf", ".zip", ".woff2"}

ADDRESS = re.compile(r"\b(?:https?|ftp|git\+\w+|wss?)://([^\s/\"'`<>)\]}，。）」]+)", re.IGNORECASE)
# Names of XML, this machine, made-up hosts, and what a program puts in at run time.
HARMLESS = re.compile(
    r"^(?:www\.w3\.org|schemas\.openxmlformats\.org|purl\.org|purl\.oclc\.org|www\.apache\.org"
    r"|127\.\d+\.\d+\.\d+|\[?::1\]?|localhost|testserver|0\.0\.0\.0"
    r"|(?:10|192\.168)\.[\d.]+"
    r"|[\w-]+"  # a name without a dot leads nowhere: tests speak of elsewhere
    r"|(?:[\w-]+\.)*(?:example|invalid|test|localhost)(?:\.(?:com|org|net|cn))?"
    r"|[{$%*<].*)(?::[\w{}$<>]+)?$",
    re.IGNORECASE,
)
MACHINE = re.compile(
    r"(?<![\w.~$}*/-])/(?:root|work|Users|home/\w+|opt/(?!shoumi\b)\w+)/\w[\w./-]*"
)
LOADED = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//", re.IGNORECASE)


def faults(name: str, text: str) -> list[str]:
    """What is wrong with one tracked file, as sentences with the line."""
    if name.startswith(VENDOR):
        return [f"{name} 会从外部地址载入内容"] if LOADED.search(text) else []
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        found += [
            f"{name}:{number} 写有外部地址 {address[1]}"
            for address in ADDRESS.finditer(line)
            if not HARMLESS.match(address[1].rstrip(".,;"))
        ]
        found += [f"{name}:{number} 写有本机目录 {path[0]}" for path in MACHINE.finditer(line)]
        if name.endswith(("package-lock.json", ".npmrc")) and re.search(
            r'"resolved"|registry=', line
        ):
            found.append(f"{name}:{number} 写有软件包来源")
        if name.startswith("requirements/") and re.match(r"\s*--(?!hash)", line):
            found.append(f"{name}:{number} 写有安装来源选项")
    return found


def tracked(root: Path) -> list[str]:
    """The names of all tracked files that are text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True)
    names = listed.stdout.decode().split("\0")
    return [n for n in names if n and Path(n).suffix not in BINARY and (root / n).is_file()]


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    found = []
    for name in tracked(ROOT):
        text = (ROOT / name).read_bytes()
        if b"\0" not in text:
            found += faults(name, text.decode("utf-8", errors="replace"))
    for fault in found:
        print(f"守密：{fault}", file=sys.stderr)
    if not found:
        print("守密：没有遗留的外部地址和本机目录")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
