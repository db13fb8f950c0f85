"""The rules of the house, held by machine. Every rule is shown to catch a planted fault."""
