"""What the kernel hands out are values: nobody can change them afterwards."""

from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from shoumi.kernel import approval, levels, marks, numbering, statement, workdays

VALUES = [
    kind
    for module in (approval, levels, marks, numbering, statement, workdays)
    for name, kind in sorted(vars(module).items())
    if is_dataclass(kind) and kind.__module__ == module.__name__ and not name.startswith("_")
]


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_cannot_be_changed(kind: type) -> None:
    value: object = object.__new__(kind)
    assert not hasattr(value, "__dict__")
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(kind)[0].name, None)
