"""The page: the conversation beside the map in a browser on this machine, on the same sessions as the commands."""
