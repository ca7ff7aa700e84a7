"""The version of Sarau."""

VERSION = "0.1.0"
