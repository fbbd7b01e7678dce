"""Problems as slides: native charts and tables that can be changed in the deck."""
