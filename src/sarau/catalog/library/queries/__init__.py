"""Questions about libraries; every one that shows content takes a View."""
