"""How do interactions come from a company's own SQL database, on a schedule?"""
