"""How does a whole file become rows: checked, tried, imported, told?"""
