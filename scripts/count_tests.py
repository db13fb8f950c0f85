"""Print how many tests a JUnit file says were run and passed, as 「812 项」."""

import sys
import xml.etree.ElementTree as ElementTree


def passed(path: str) -> int:
    """Tests that ran and neither failed nor were skipped."""
    suites = ElementTree.parse(path).getroot().iter("testsuite")
    return sum(
        int(suite.get("tests", 0))
        - sum(int(suite.get(kind, 0)) for kind in ("failures", "errors", "skipped"))
        for suite in suites
    )


if __name__ == "__main__":
    print(f"{passed(sys.argv[1])} 项")
