"""The stock-take at full size: `python -m tests.proof.counting_thousands FOLDER [--pieces 5000]`."""

import argparse
import sys
from pathlib import Path

from tests.proof.standing import stand


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--pieces", type=int, default=5_000)
    given = options.parse_args()
    stand(given.folder)
    from conftest import build_office
    from tests.proof.thousands import count

    counted = count(build_office(), pieces=given.pieces)
    for what, seconds in counted.seconds.items():
        print(f"{what} {seconds:.2f} 秒")
    planted = sum(map(len, counted.planted.values()))
    right = counted.found == counted.planted
    said = "全部查明，没有误报" if right else "不符"
    print(f"{given.pieces} 件，预设差错 {planted} 处，{said}")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
