"""知悉门: may this person know this, and may this person do this."""
