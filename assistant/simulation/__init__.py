"""Playing a process: arrivals, pools, calendars, durations, errors and costs, with intervals over replications."""
