"""Which addresses stations may have."""

from urllib.parse import urlsplit

from sarau.foundation.errors import Invalid


def good_url(field: str, text: str) -> str:
    """Return an address of the web, trimmed; raises Invalid.

    Browsers would take others as commands (`javascript:`), and players as files of their own machine.
    """
    url = text.strip()
    if not url.isprintable() or any(c.isspace() for c in url):
        raise Invalid(field, "an address has no spaces and control characters")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise Invalid(field, f"it is no address: {error}") from error
    if not good:
        raise Invalid(field, "it is to be the whole of an address with http:// or https://")
    if parts.username or parts.password:
        raise Invalid(field, "everybody would see the name or password in it")
    return url
