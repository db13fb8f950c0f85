"""审批门: frozen steps, seated approvers, one vote each."""
