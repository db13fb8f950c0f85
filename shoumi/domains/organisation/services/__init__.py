"""The acts of the room, each a service that opens the door itself."""
