"""账号、岗位、授权、三员、口令: who is let in, who may grant what, and that nobody does it alone."""
