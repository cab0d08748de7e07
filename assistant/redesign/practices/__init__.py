"""The 29 redesign practices: how each turns a finding into edits, what it needs, what it risks, and its guards."""
