"""What a sentence says of what is there already: who does it, when, how long, how often, whether at all."""
