"""What may be in the life of a cleared person: pure questions, with the figures handed in."""
