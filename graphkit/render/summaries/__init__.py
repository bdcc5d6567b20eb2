"""What a managed summary is made of: one file per kind of note, and what they share."""
