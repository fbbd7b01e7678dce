"""Staff pages: which words show which theme in a comment?"""
