"""守密 Shoumi: secrecy-work management for public bodies."""

__version__ = "0.1.0"
