"""Long work of the server (长时办理) in a process of its own: pages stay quick, and nothing outlives a kill half done."""

import argparse
import os
import subprocess
import sys
import threading
from pathlib import Path

import shoumi
from shoumi.platform.works.running import carry_out, let_others_read
from shoumi.platform.works.under_way import Work, find, held

ROOT = str(Path(shoumi.__file__).parents[1])
PATIENCE = 5


def apart(work: Work, content: bytes) -> None:
    """Begin the work in another process, which holds the work's lock for as long as it lives."""
    command = [sys.executable, "-m", "shoumi.config.command", "work", work.key]
    with held(work.key) as lock:
        work.save()
        process = subprocess.Popen(
            [*command, "--data", os.environ["SHOUMI_DATA"]],
            stdin=subprocess.PIPE,
            pass_fds=[lock],
            env={**os.environ, "PYTHONPATH": ROOT},
        )
    threading.Thread(target=process.communicate, args=(content,), daemon=True).start()


def run_work(options: argparse.Namespace, *, folder: Path) -> int:
    """The other process: do what the server began, with what it sends."""
    content = sys.stdin.buffer.read()
    work = find(options.key)
    if work is None or not work.is_running:
        return 2
    os.nice(PATIENCE)
    let_others_read()
    carry_out(work, content)
    return 0
