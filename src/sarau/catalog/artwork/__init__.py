"""Owns pictures: found in files and folders, kept once, shown in the sizes asked for."""
