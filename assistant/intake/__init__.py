"""The one door in: bytes of any kind become words, a process or a table, bounded, or are refused with the reason."""
