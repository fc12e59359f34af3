"""Reference data: code lists of the Union as versions with validity, imported from the published files."""
