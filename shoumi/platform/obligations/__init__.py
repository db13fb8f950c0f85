"""职责账: every duty has a person, a due time on the legal calendar, and a clause."""
