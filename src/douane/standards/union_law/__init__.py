"""Acts of the Union that the product cites: their articles, paragraphs and points, and how texts cite them."""
