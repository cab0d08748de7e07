"""What a turn may mean, weighed: every edit that its words could ask for, and how likely each is."""
