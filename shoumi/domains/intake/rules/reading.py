"""Reading a file: the door between this process and the one that opens it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import shoumi
from shoumi.domains.intake.rules.child import MOST_SECONDS
from shoumi.domains.intake.rules.grid import Sheet, unpacked
from shoumi.domains.intake.rules.package import BadFile, look

_ROOT = str(Path(shoumi.__file__).parents[1])


def read_file(path: Path) -> list[Sheet]:
    """Every table of the file.

    Raises:
        BadFile: with a sentence and what to do, for whatever cannot or may not be read.
    """
    look(path)
    sheets = [unpacked(sheet) for sheet in run("read", path)["sheets"]]
    if not sheets:
        raise BadFile("文件里没有内容", "请核对是否选对了文件")
    return sheets


def run(act: str, *paths: Path, said: Any = None) -> Any:
    """One act of the reading process; a process that is lost is a refusal, not an error of ours."""
    command = [sys.executable, "-m", "shoumi.domains.intake.rules.child", act, *map(str, paths)]
    environment = {
        "PYTHONPATH": _ROOT,
        "PATH": os.defpath,
        "PYTHONIOENCODING": "utf-8",
        "LANG": "C.UTF-8",
    }
    try:
        ended = subprocess.run(
            command,
            input=json.dumps(said).encode() if said is not None else None,
            stdin=subprocess.DEVNULL if said is None else None,
            capture_output=True,
            timeout=MOST_SECONDS + 5,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise _lost() from late
    if ended.returncode != 0:
        raise _lost()
    answer = json.loads(ended.stdout)
    if "refused" in answer:
        raise BadFile(answer["refused"], answer["way_on"])
    return answer


def _lost() -> BadFile:
    return BadFile(
        "文件没有能够读完：内容损坏，或者超出了读取的内存、时间限制",
        "请用办公软件打开核对，删去图片和多余格式，另存为新的 .xlsx；仍不能读取的，分成几个文件导入",
    )
