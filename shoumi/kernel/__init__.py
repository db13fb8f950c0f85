"""The rules that need no database, no framework and no clock."""
