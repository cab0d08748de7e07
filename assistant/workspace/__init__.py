"""One project opened for work: what the chat, the commands and the page all use."""
