"""The package a team can act on: needs, people, measures and targets, money, roles, rollout, control and readiness."""
