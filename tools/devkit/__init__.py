"""The platform behind ./run, ./odoo and ./test. Standard library only."""
