"""Staff pages: initiatives, and which of them come first."""
