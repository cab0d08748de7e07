"""The paper for the boss: the best of a model's answers, put right and held against the story, figure by figure."""
