"""Statements into a tree: branches and their alternatives, ways back, work at the same time, endings."""
