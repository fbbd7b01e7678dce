"""Staff pages: complaints and other reports of problems, beside what answers say."""
