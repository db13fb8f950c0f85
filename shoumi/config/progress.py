"""Progress of long work at the console: what, how far, how fast, how long still."""

import sys
import time


class Progress:
    """One line that rewrites itself on a terminal and stays silent elsewhere."""

    def __init__(self) -> None:
        self.started: dict[str, float] = {}
        self.visible = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int) -> None:
        if not self.visible:
            return
        now = time.monotonic()
        start = self.started.setdefault(what, now)
        speed = done / (now - start) if now > start else 0.0
        share = f"{100 * done // total}%" if total else ""
        left = f"，约余 {int((total - done) / speed)} 秒" if total and speed else ""
        sys.stderr.write(f"\r\x1b[K{what} {done} {share}（{speed:.0f}/秒{left}）")
        if total and done >= total:
            sys.stderr.write("\n")
        sys.stderr.flush()
