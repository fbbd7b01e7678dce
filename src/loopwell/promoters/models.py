"""What came of those who would recommend us?"""
