"""The detectors: each module looks for one kind of pain in a process and says what it saw, with its evidence."""
