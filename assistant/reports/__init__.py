"""What people read: the report page, its Markdown twin, terminal lines, and the files of a redesign."""
