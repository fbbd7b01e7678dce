"""Alarms to chats, phones and text messages, through Apprise."""
