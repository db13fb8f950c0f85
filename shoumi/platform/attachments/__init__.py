"""附件: files beside the register, of a known type, encrypted at rest, known by their digest."""
