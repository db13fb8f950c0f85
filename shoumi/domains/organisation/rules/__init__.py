"""Pure parts of the room: what an organisation is made of, what it lacks, terms, votes, and who signs with whom."""
