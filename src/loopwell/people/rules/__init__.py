"""What is a valid customer, account or property, and how is a row of a file understood?"""
