"""The rulebook (规章): policy as data, read as of a day, and checked before anything runs."""
