"""Staff pages: which answers open a case, how far calling goes, and the company's policy."""
