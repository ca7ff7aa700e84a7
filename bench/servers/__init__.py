"""The servers that are measured, ours and others: started, asked and ended alike."""
