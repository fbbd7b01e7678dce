"""Ways in without an invitation: links, QR codes, kiosks and the website."""
