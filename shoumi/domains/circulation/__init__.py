"""传阅: every copy goes from the registrar's hands to one reader and comes back the same day."""
