"""Readers of file formats: bytes in; passages, members, pictures and gaps out."""
