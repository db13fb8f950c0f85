"""Paperless-ngx: an object without an owner was everybody's to see.

Here a thing with an empty need-to-know list is nobody's, however high the clearance.
"""

import pytest

from conftest import CAST, NOW, prepared
from shoumi.kernel.levels import Level
from shoumi.platform.access.models import Label, knowable
from shoumi.platform.access.subjects import day_of, subject_of


@pytest.mark.clause("access.need_to_know")
def test_what_lists_nobody_is_known_to_nobody(office) -> None:
    with prepared(office.body):
        labels = [Label.objects.create(body=office.body, level=level) for level in Level]
    for key in [key for key, *_ in CAST] + ["stranger"]:
        subject = subject_of(getattr(office, key), NOW)
        known = set(knowable(subject, on=day_of(NOW)).values_list("label_id", flat=True))
        assert not known & {label.pk for label in labels}, key
