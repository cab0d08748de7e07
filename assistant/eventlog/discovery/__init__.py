"""A process as a log shows it: found by inductive mining, replayed on a tree, compared with what was told, measured."""
