"""Projects: the journal of what was said, changed, proposed and run, and its store. Nothing in it is overwritten."""
