"""The library of good practice: entries, their files, search, matching, what was overlooked, authoring."""
