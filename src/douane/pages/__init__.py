"""Pages: layout, parts, pictures, languages and assets; values go in, HTML comes out."""
