"""Pictures through Pillow: looking at covers, shrinking them, drawing placeholders."""
