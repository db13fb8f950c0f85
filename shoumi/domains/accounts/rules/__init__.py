"""What holds of accounts and passwords, without a database or a clock."""
