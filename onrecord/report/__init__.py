"""Reports for people and programs, all from the one report record."""
