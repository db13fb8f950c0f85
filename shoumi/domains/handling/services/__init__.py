"""The acts of the room, one function each, under the key of its action."""
