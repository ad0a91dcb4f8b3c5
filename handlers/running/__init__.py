"""What whoever runs Purr needs: copies of the books, its health, its figures, its log."""
