"""Findings, practices, guards and alternatives: what hurts in a process and what could be done about it."""
