"""Figures to where they belong: durations to steps, people and volumes, totals of the whole, media and errors."""
