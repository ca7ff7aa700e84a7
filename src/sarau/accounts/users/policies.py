"""What a good password is, and how names are compared."""

from sarau.accounts.users.errors import WeakPassword
from sarau.kit.text import fold

# The first guesses of every dictionary, as far as they have ten characters or more.
_COMMON = frozenset(
    {
        "1234567890",
        "0123456789",
        "12345678910",
        "123456789a",
        "1q2w3e4r5t",
        "qwertyuiop",
        "qwerty1234",
        "qwerty12345",
        "password12",
        "password123",
        "password1234",
        "passw0rd123",
        "iloveyou12",
        "letmein123",
        "administrator",
        "welcome123",
        "football123",
        "senha12345",
        "senha123456",
        "brasil1234",
        "flamengo123",
        "corinthians",
    }
)


def name_key(name: str) -> str:
    """Return the form in which usernames and addresses are compared: case and accents do not tell people apart."""
    return fold(name)


def require_good_password(password: str, *names: str | None) -> None:
    """Raise WeakPassword for a password that is guessed first, or is nothing but the person's own name."""
    plain = fold(password)
    if plain in _COMMON or len(set(plain)) < 4:
        raise WeakPassword("this is among the first that anybody would guess")
    bare = "".join(c for c in plain if c.isalpha())
    if bare and any(name and bare == "".join(c for c in fold(name.split("@")[0]) if c.isalpha()) for name in names):
        raise WeakPassword("it is your own name")
