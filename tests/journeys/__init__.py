"""Journeys: one regulation from the first click to its evidence, in a real browser on a real server."""
