"""Change requests in plain words, read by rules: words with the elements marked, then one module a family of changes."""
