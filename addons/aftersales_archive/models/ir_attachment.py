from odoo import api, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_retained(self):
        """Keep the papers of a document as long as the document, once it is settled."""
        for model, attachments in self.grouped("res_model").items():
            if model not in self.env or not self._is_retention_model(model):
                continue
            # sudo: the question is how old the document is, whoever asks
            documents = self.env[model].sudo().browse(attachments.mapped("res_id"))
            for document in documents.exists():
                document._check_papers_deletable()

    def _is_retention_model(self, model):
        return isinstance(
            self.env[model], self.env.registry["aftersales.retention.mixin"]
        )
