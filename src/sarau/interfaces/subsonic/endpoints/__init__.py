"""The endpoints of OpenSubsonic, by what they are about."""
