"""台账: screens that declare and do not program."""
