"""界面: the frame of every page, its parts, its errors and its headers."""
