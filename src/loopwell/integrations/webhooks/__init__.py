"""Signed webhooks: other systems are told what happens here."""
