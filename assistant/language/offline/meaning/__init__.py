"""What clauses mean: actions, people, things and conditions, and which of them are steps of this work."""
