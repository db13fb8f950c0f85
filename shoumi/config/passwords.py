"""Password hashing: Argon2id at 48 MiB, three passes, one lane (about 0.2 s on an office machine).

Django's defaults take 100 MiB and eight lanes: thirty people logging in at eight o'clock would need
3 GB (docs/decisions/).
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):  # type: ignore[misc, unused-ignore]
    """Argon2id tuned for a county machine."""

    time_cost = 3
    memory_cost = 48 * 1024
    parallelism = 1
