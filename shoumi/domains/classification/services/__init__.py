"""What people do with the classification of things; one act each."""
