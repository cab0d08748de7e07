"""The command line: Typer, one module a command group, thin. What a command does lives below, in app and the rooms."""
