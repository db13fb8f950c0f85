"""Tests of the whole: architecture, journeys, proof. Unit tests stand beside the code they test."""
