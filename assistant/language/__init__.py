"""Words in and out: documents, the reader, changes in plain words, and the port to language models."""
