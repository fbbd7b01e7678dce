"""What can a team do: hold, commit, raise? Every change is one function and one entry."""
