"""Staff pages: standing programmes."""
