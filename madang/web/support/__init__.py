"""Remote support within the portal: what the room ``madang.remote_support`` needs of pages, people and records."""
