"""What a device may be joined to, used for and turned into: pure answers, figures handed in."""
