# Without a comma before the year, and 24 hours as everywhere on the site.
DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y، H:i"
