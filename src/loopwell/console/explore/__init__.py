"""Staff pages: any number, cut by anything, drawn, kept, shared and taken along."""
