"""Tearsheet: a folder of retrieved sources in, a website that can be trusted and cited out."""
