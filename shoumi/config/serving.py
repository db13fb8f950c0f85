"""Serving (启动服务): waitress in this process, and the deadline loop (期限巡检) beside it.

One process serves an office on SQLite; with PostgreSQL several may run, since every duty is claimed
inside an act.
"""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType

import waitress
from django.db import close_old_connections, connection
from django.utils import timezone

from shoumi.config.starting import check_start
from shoumi.config.working import apart
from shoumi.config.wsgi import application
from shoumi.platform.works.running import RUNNER

LOG = logging.getLogger("shoumi.serving")
INTERVAL = 60.0


def serve(options: argparse.Namespace, *, folder: Path) -> int:
    """Serve until interrupted; a clean stop lets the running round of duties finish."""
    check_start(listen=options.listen)
    RUNNER[0] = apart
    stop = threading.Event()
    loop = threading.Thread(target=_rounds, args=(stop,), name="deadlines", daemon=True)
    server = waitress.create_server(
        application,
        host=options.listen,
        port=options.port,
        threads=options.threads,
        ident="shoumi",
        max_request_body_size=64 * 1024 * 1024,
        # Every open window keeps up to six connections: with a hundred in all, the twentieth person waits.
        connection_limit=1_000,
        channel_timeout=60,
        asyncore_use_poll=True,
    )
    loop.start()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    sys.stdout.write(
        f"守密 已在 http://{options.listen}:{options.port}/ 提供服务，按 Ctrl+C 停止\n"
    )
    sys.stdout.flush()
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        loop.join(timeout=10)
    return 0


def _rounds(stop: threading.Event) -> None:
    from shoumi.domains.accounts.services.alarm import watch
    from shoumi.platform.obligations.crosschecks import run_daily
    from shoumi.platform.obligations.loop import tick

    while not stop.is_set():
        run_round(tick, at=timezone.now())
        run_round(watch, at=timezone.now())
        run_round(run_daily, at=timezone.now())
        stop.wait(INTERVAL)


def run_round(tick: Callable[[datetime], object], *, at: datetime) -> None:
    """One round of duties; a failing round is logged and tried again, never ends the loop."""
    try:
        tick(at)
    except Exception:
        LOG.exception("期限巡检一轮未完成，下一轮重试")
        connection.close()
    finally:
        close_old_connections()
