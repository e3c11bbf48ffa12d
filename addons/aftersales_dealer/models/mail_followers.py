from collections import defaultdict

from odoo import api, models


class MailFollowers(models.Model):
    """Followers are as visible to a dealer's user as the document they follow."""

    _inherit = "mail.followers"

    @api.model
    def _search(
        self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs
    ):
        if self.env.su or bypass_access or not self.env.user._is_fenced():
            return super()._search(
                domain, offset, limit, order, bypass_access=bypass_access, **kwargs
            )
        query = super()._search(domain, order=order, **kwargs)
        found = self.browse(query)._filter_by_document()
        end = None if limit is None else offset + limit
        return found[offset:end]._as_query(bool(order))

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self.env.user._is_fenced():
            return result
        allowed = self - result[0] if result else self
        hidden = allowed - allowed._filter_by_document()
        if not hidden:
            return result
        forbidden = hidden | result[0] if result else hidden
        rule = self.env["ir.rule"]
        return forbidden, lambda: rule._make_access_error(operation, forbidden)

    def _filter_by_document(self):
        """The followers of documents that the user may read."""
        by_model = defaultdict(set)
        # sudo: only which document is followed, to check the right on it
        rows = self.sudo()
        for follower in rows:
            by_model[follower.res_model].add(follower.res_id)
        readable = {
            (model, id_)
            for model, ids in by_model.items()
            if model in self.env
            for id_ in self.env[model].browse(ids).exists()._filtered_access("read").ids
        }
        return rows.filtered(lambda row: (row.res_model, row.res_id) in readable).sudo(
            False
        )
