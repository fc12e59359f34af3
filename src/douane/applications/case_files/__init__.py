"""Case files: which cases concern a caller, and all that he may know of one; the same for every procedure."""
