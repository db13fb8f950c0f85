"""Brings tests/proof/routes.txt up to date; see tests/proof/routes.py. Run by `make routes`."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "shoumi.config.settings"

import django


def main() -> None:
    django.setup()
    from tests.proof import routes

    before = routes.read()
    routes.TABLE.write_text(routes.renewed(before), encoding="utf-8")
    after = routes.read()
    new, gone = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
    for sign, keys in (("+", new), ("-", gone)):
        for key in keys:
            print(sign, key)
    print(
        f"routes.txt：共 {len(after)} 行，新增 {len(new)} 行（全部为 .，请填写），删去 {len(gone)} 行"
    )


main()
