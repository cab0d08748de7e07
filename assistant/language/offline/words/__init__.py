"""Text into tagged words: sentences, tokens, phrases that work as one, verbs told from nouns, groups of words."""
