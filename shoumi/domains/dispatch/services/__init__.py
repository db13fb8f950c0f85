"""The acts on a letter in the order of its life, and on the runs that carry it."""
