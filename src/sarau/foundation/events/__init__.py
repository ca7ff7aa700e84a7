"""What happened: events, who reacts to them, and live push."""
