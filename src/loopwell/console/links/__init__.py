"""Staff pages: links, QR codes, kiosks and the website."""
