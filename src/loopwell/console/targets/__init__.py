"""Staff pages: targets, bonus plans, deviations."""
