"""Replies of customers, fetched from a mailbox by IMAP."""
