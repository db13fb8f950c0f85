"""What may be in this room, as pure questions: figures and words are handed in."""
