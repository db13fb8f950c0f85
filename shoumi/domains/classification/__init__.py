"""定密: what is secret, at which level, for how long and for whom; changed and ended as the law says."""
