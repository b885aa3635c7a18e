"""Pages: everything known of an archive, laid out as Markdown with front matter."""
