"""./odoo: Odoo's own command line in the project's environment and configuration."""

from .environment import prepare, wait


def main(arguments):
    with prepare("./odoo " + " ".join(arguments[:3])) as environment:
        return wait(environment.odoo(arguments))
