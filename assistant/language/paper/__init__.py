"""The paper for the boss, written by a model in two answers and held against the story, figure by figure."""
