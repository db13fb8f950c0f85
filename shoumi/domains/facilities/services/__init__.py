"""What is done in this room: one function an act."""
