"""How does Polish write dates here? Django's "22-11-2026" is not what people write."""

SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
