"""Pure parts of the room: looking into a file, reading it, recognising columns, checking what they say."""
