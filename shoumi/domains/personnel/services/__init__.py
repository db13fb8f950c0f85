"""What is done in the life of a cleared person; each act bears one key."""
