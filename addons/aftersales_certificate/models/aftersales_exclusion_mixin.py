from odoo import models
from odoo.tools import SQL


class AftersalesExclusionMixin(models.AbstractModel):
    """A record of which two may not overlap in time, whoever books them.

    A check in Python cannot see what another transaction has not committed yet, so the
    last word is PostgreSQL's: the model declares a ``models.Constraint`` of the kind
    ``EXCLUDE USING gist (… WITH &&) DEFERRABLE INITIALLY DEFERRED``. It is deferred so
    that the check in Python, which can name the other booking, speaks first.
    """

    _name = "aftersales.exclusion.mixin"
    _description = "Record that may not overlap others"

    def _check_exclusion(self, *names):
        """Let the database judge the deferred constraints ``names`` now.

        :raises psycopg2.IntegrityError: shown with the constraint's message
        """
        self.env.flush_all()
        constraints = SQL(", ").join(
            SQL.identifier(f"{self._table}_{name.lstrip('_')}") for name in names
        )
        self.env.cr.execute(SQL("SET CONSTRAINTS %s IMMEDIATE", constraints))
        self.env.cr.execute(SQL("SET CONSTRAINTS %s DEFERRED", constraints))
