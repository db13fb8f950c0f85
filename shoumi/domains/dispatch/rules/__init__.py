"""What may be drafted, to whom it may go and which way: pure answers from the rulebook's figures."""
