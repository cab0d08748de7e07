"""Tagged words into clauses: who does what, what is cut out before, and the statements a sentence comes down to."""
