# Days and times as a newspaper writes them; the rest is Django's British English.
DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
