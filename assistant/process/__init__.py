"""The process itself: the tree of blocks, the edits that change it, and what can be said of it without playing it."""
