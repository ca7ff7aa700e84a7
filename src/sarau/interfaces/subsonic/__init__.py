"""OpenSubsonic, as existing apps speak it, below /rest."""
