"""The words of the demo company's customers, one module per language."""
