"""Change requests in plain words, read by rules: words with the elements marked, one module a family of changes."""
