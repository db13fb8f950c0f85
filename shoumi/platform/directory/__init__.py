"""机构与人员: who there is, who holds which post, and where things may lie."""
