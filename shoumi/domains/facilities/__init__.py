"""场所与要害部位: critical sites, who enters them, who visits, keys and combinations, and what is checked."""
