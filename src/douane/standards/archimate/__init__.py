"""ArchiMate models in the Open Exchange file format of The Open Group: read, judged, written."""
