"""Decision tables: a document of rows, compiled to indexed lookups, traceable, exchangeable as DMN 1.3."""
