"""What is asked of a language model about stories, changes and pains, and its answers read into our own values."""
