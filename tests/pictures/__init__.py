"""The pictures of the documents, made from the real product: `make pictures`."""
