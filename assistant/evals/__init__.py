"""Evals: whether a new model, prompt or rule made the answers better or worse, on cases with known answers."""
