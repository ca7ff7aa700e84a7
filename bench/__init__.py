"""The bench: speed and memory of Sarau, measured beside its peers and limits in one run."""
