"""工作台： what waits for me, finding things, the rulebook to read, figures for the registrar.

Reads only, and owns no table.
"""
