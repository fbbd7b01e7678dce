"""Staff pages: ready words for letters, and mails that found no case."""
