"""痕迹账： what happened, who did it, under which clause; and the guard that lets nothing bypass it."""
