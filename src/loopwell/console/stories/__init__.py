"""Staff pages: stories, notices, recognition and key messages."""
