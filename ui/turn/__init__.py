"""The view that is turned to the client: their circle with large tokens, and the page that hands the computer back."""
