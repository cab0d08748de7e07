"""The way to a language model: the port the house knows, the gateway behind it, prompts, budgets and redaction."""
