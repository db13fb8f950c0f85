"""The pages of the room: log-in, one's own account, the officers' slips, rights and trail."""
