"""The acts of a circulation: the list, each copy's way out and back, and the widening of its scope."""
