"""How does a question stand on the page? Callers' pages draw it too."""

from loopwell.responses.fields import Choice, Field, Given, Row, fields_of, hidden_values, why_text

__all__ = ["Choice", "Field", "Given", "Row", "fields_of", "hidden_values", "why_text"]
