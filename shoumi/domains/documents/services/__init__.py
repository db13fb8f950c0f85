"""The acts on a paper, one function a button: receiving, deciding, labels, correcting."""
