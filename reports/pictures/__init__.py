"""Pictures of a report as frozen views: places of everything drawn, which templates/pictures/*.svg.j2 put on the page."""
