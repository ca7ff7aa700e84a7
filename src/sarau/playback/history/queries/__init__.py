"""Questions about plays: of oneself, of the house just now, of how often."""
