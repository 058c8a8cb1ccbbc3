"""Reviews of reports, coordinators' groups, and messages to reporters."""
