"""Measuring: `make bench` prints one table of ratios taken in one run on one machine."""
