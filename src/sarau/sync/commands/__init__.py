"""Changes to devices and to uploads that may break off."""
