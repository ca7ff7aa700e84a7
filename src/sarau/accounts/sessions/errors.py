"""What can go wrong when signing in."""

from sarau.foundation.errors import Forbidden, Limited, NotFound, Unauthenticated


class WrongCredentials(Unauthenticated):
    """Unknown name or wrong password: we do not say which."""

    code = "wrong_credentials"
    message = "The name or the password is not right."


class AccountDisabled(Unauthenticated):
    """The password was right, and the account is disabled."""

    code = "account_disabled"
    message = "This account is disabled."


class SessionEnded(Unauthenticated):
    """The session was ended, has expired, or its refresh token was used twice."""

    code = "session_ended"
    message = "Your session has ended: please sign in again."


class SessionNotFound(NotFound):
    """The person has no such session."""

    code = "session_not_found"
    message = "You have no such session."


class ApiKeyNotFound(NotFound):
    """The person has no such API key."""

    code = "api_key_not_found"
    message = "You have no such API key."


class TooManyKeys(Limited):
    """A person keeps at most so many API keys."""

    code = "too_many_keys"
    message = "You have too many API keys: revoke one first."


class TooManyAttempts(Limited):
    """Wrong attempts came too often."""

    code = "too_many_attempts"
    message = "Too many attempts: please wait a little."


class CsrfMissing(Forbidden):
    """A request by cookie that changes something came without proof that our own page sent it."""

    code = "csrf"
    message = "This request did not come from Sarau's own page: reload it and try again."
