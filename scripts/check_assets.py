"""Check the vendored front-end files against their manifest (name, version, licence, SHA-256).

Where node and the packages of package-lock.json are at hand, the files are made again and compared.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "shoumi" / "platform" / "ui" / "static" / "vendor"
LARGEST = 3_000_000
# The oldest engine served is Chromium 86-90, which knows none of these.
TOO_NEW = ("color-mix(", "oklch(", "light-dark(", "@layer")


def faults(vendor: Path) -> list[str]:
    """Everything wrong with one folder of vendored files, as sentences."""
    if not (vendor / "manifest.json").exists():
        return ["缺少清单 manifest.json"]
    packages = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))["packages"]
    found: list[str] = []
    listed = {"manifest.json"}
    for package in packages:
        found += [
            f"{package['name']} 没有写明{what}"
            for key, what in (("version", "版本"), ("licence", "许可证"))
            if not package.get(key)
        ]
        if not any("LICENSE" in file["path"] for file in package["files"]):
            found.append(f"{package['name']} 没有附许可证正文")
        for file in package["files"]:
            listed.add(file["path"])
            path = vendor / file["path"]
            if not path.exists():
                found.append(f"缺少文件 {file['path']}")
            elif hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
                found.append(f"文件 {file['path']} 与清单所记摘要不符")
    present = [path for path in sorted(vendor.rglob("*")) if path.is_file()]
    for path in present:
        name = path.relative_to(vendor).as_posix()
        if name not in listed:
            found.append(f"文件 {name} 不在清单内")
        if path.suffix == ".css":
            text = path.read_text(encoding="utf-8")
            found += [f"文件 {name} 用了旧浏览器不认识的 {new}" for new in TOO_NEW if new in text]
    if sum(path.stat().st_size for path in present) > LARGEST:
        found.append(f"前端文件合计超过 {LARGEST} 字节")
    return found


def differences(vendor: Path, made: Path) -> list[str]:
    """Files that a fresh build makes otherwise than they are kept."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (vendor, made)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return [
        f"文件 {name} 与重新制作的不同，请执行 make assets"
        for name in sorted(names)
        if not (vendor / name).exists()
        or not (made / name).exists()
        or (vendor / name).read_bytes() != (made / name).read_bytes()
    ]


def can_build() -> bool:
    """Whether node and exactly the locked packages are at hand; nothing is fetched for a check."""
    kept = ROOT / "node_modules" / ".package-lock.json"
    if shutil.which("node") is None or not kept.exists():
        return False
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    at_hand = json.loads(kept.read_text(encoding="utf-8"))["packages"]
    return all(
        one["version"] == locked.get(name, {}).get("version") for name, one in at_hand.items()
    )


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    found = faults(VENDOR)
    built = not found and can_build()
    if built:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "vendor"
            subprocess.run(["node", ROOT / "scripts" / "assets.mjs", made], cwd=ROOT, check=True)
            found = differences(VENDOR, made)
    for fault in found:
        print(f"守密：{fault}", file=sys.stderr)
    if not found:
        print(f"守密：前端文件与清单一致{'，与重新制作的相同' if built else ''}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
