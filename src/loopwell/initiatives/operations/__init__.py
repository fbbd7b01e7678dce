"""What can be done with initiatives? Every change is one function and one entry."""
