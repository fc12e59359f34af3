"""MIME as messages over HTTP use it: multipart/related read and written as a stream, within limits; gzip likewise."""
