"""Staff pages: reminders."""
