"""A year of one registrar's work at full size: 3,000 papers, 9,000 copies, 40,000 movements.

`make year` runs it in an installation of its own: `python -m tests.proof.year_of_work FOLDER [--share 0.1]`.
A slice of it is in the tests.
"""

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from tests.proof.standing import stand


def main() -> int:
    """Makes an installation in the folder, lives a year in it, and says what did not hold."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--share", type=float, default=1.0)
    options.add_argument("--year", type=int, default=2026)
    given = options.parse_args()
    stand(given.folder)
    from tests.proof.registrars_year import Year
    from tests.proof.year_invariants import chain_faults, founded

    begun = time.perf_counter()
    since, until = date(given.year, 1, 1), date(given.year, 12, 31)
    year = Year(founded(given.year), since=since, until=until, share=given.share)
    figures = year.live(say=lambda text: print(text, flush=True))
    lived = time.perf_counter() - begun
    begun = time.perf_counter()
    entries, found = chain_faults()
    found = [*figures.faults, *found]
    print(
        f"文件 {figures.papers}，载体 {figures.copies}，移动 {figures.movements}，痕迹 {entries} 条，"
        f"用时 {lived:.0f} 秒，全库校验 {time.perf_counter() - begun:.0f} 秒，"
        f"不符 {len(found)} 处"
    )
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
