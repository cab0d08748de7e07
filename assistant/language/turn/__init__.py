"""What one turn of the conversation is: told, asked, ordered, decided, or only said."""
