"""What the real process did: an event log read, checked before use, measured and put on control charts."""
