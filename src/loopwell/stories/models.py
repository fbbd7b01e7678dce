"""What do colleagues read: stories, notices, recognition, key messages?"""
