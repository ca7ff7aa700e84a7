"""Certificates, by the library `cryptography`."""
