"""Staff pages: the monthly report of a unit."""
