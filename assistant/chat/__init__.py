"""The conversation: one session on one project, one turn loop, shared by every front end."""
