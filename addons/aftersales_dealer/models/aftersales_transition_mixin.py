from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError


class Transition(NamedTuple):
    """One legal step of a document: from which states, to which state, by whom.

    ``groups`` is a comma-separated list of group ids as ``has_groups`` takes it;
    empty means whoever may write the record.
    """

    sources: tuple
    target: str
    groups: str = ""


class AftersalesTransitionMixin(models.AbstractModel):
    """A document whose ``state`` moves only along declared transitions.

    A model declares its ``state`` (a selection with a default) and
    ``_transitions = {"submit": Transition(("draft",), "submitted")}``, and moves with
    ``self._transition("submit", {...})``. ``state`` and the fields named in
    ``_protected_fields`` cannot be written from outside: a button is the only way, so
    neither an import nor a remote call can skip a check.

    For every transition ``x`` the model may declare a field
    ``can_x = fields.Boolean(compute="_compute_can")`` for its view.
    """

    _name = "aftersales.transition.mixin"
    _description = "Document with declared transitions"

    _transitions: dict = {}
    _protected_fields: tuple = ()
    # States in which the document may be edited by hand; None means all of them.
    _editable_states: tuple | None = None
    # Fields that stay editable in every state, besides chatter and activities.
    _always_editable_fields: tuple = ()

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can(self):
        names = [name for name in self._transitions if f"can_{name}" in self._fields]
        for record in self:
            for name in names:
                record[f"can_{name}"] = record._is_transition_allowed(name)

    def _is_transition_allowed(self, name):
        """Whether the user may take the transition ``name`` on this record now."""
        self.ensure_one()
        transition = self._transitions[name]
        return self.state in transition.sources and self._has_transition_groups(name)

    @api.model
    def _has_transition_groups(self, name):
        groups = self._transitions[name].groups
        return not groups or self.env.su or self.env.user.has_groups(groups)

    def _ensure_can(self, name):
        """Raise unless every record may take the transition ``name``.

        :raises AccessError: the user's role may not do this, or not on this record
        :raises UserError: a record is in another state; names it and its state
        """
        if not self._has_transition_groups(name):
            raise AccessError(
                self.env._(
                    "Your role may not do this on %(records)s. "
                    "Ask a colleague who may.",
                    records=", ".join(self.mapped("display_name")),
                )
            )
        self.check_access("write")
        sources = self._transitions[name].sources
        wrong = self.filtered(lambda record: record.state not in sources)
        if wrong:
            raise UserError(wrong[0]._get_transition_refusal(name))

    def _get_transition_refusal(self, name):
        """The sentence that refuses the transition ``name`` on this record."""
        self.ensure_one()
        labels = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(record)s is in state “%(state)s”. This step is possible only from: "
            "%(sources)s.",
            record=self.display_name,
            state=labels[self.state],
            sources=", ".join(labels[s] for s in self._transitions[name].sources),
        )

    def _transition(self, name, vals=None):
        """Take the transition ``name`` on all records in one write.

        The rows are locked first, so that of two users who press at once one wins
        and the other is told the state has moved on.

        :param dict vals: further values written together with the state
        :raises AccessError: see :meth:`_ensure_can`
        :raises UserError: see :meth:`_ensure_can`
        """
        if not self:
            return
        self._ensure_can(name)
        # sudo: the state is closed to direct writes; the right was checked above
        locked = self.sudo()
        locked._lock_for_transition()
        self._ensure_can(name)
        locked.write({**(vals or {}), "state": self._transitions[name].target})

    def _lock_for_transition(self):
        """Hold the rows until the end of the transaction, with their true state."""
        self.flush_recordset()
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(records)s: somebody else is changing this right now. Reload and "
                    "look at the state before you try again.",
                    records=", ".join(self.mapped("display_name")),
                )
            ) from error
        self.invalidate_recordset(["state"])

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_protected_create(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_protected_write(vals)
        return super().write(vals)

    @api.model
    def _get_protected_fields(self):
        """Names of the fields closed to direct writes; extension point."""
        return self._protected_fields

    @api.model
    def _check_protected_create(self, vals):
        names = ["state", *self._get_protected_fields()]
        # also a default of the context or of a user would set them
        given = {**self.default_get(names), **vals}
        closed = [
            name
            for name in names
            if given.get(name) and given[name] != self._get_own_default(name)
        ]
        if closed:
            raise AccessError(self._get_protected_refusal(closed))

    @api.model
    def _get_own_default(self, name):
        """The default that the model itself declares for a field."""
        default = self._fields[name].default
        value = default and default(self)
        return value.id if isinstance(value, models.BaseModel) else value

    def _check_protected_write(self, vals):
        closed = [
            name for name in ("state", *self._get_protected_fields()) if name in vals
        ]
        if closed:
            raise AccessError(self._get_protected_refusal(closed))
        if self._editable_states is None:
            return
        frozen = [name for name in vals if not self._is_always_editable(name)]
        locked = self.filtered(lambda record: record.state not in self._editable_states)
        if frozen and locked:
            raise UserError(
                self.env._(
                    "%(record)s can no longer be edited in its state "
                    "(field: %(fields)s).",
                    record=locked[0].display_name,
                    fields=self._get_field_labels(frozen),
                )
            )

    @api.model
    def _is_always_editable(self, name):
        return (
            name.startswith(("message_", "activity_", "rating_"))
            or name in self._always_editable_fields
        )

    @api.model
    def _get_field_labels(self, names):
        return ", ".join(self._fields[n]._description_string(self.env) for n in names)

    @api.model
    def _get_protected_refusal(self, names):
        return self.env._(
            "%(model)s: %(fields)s cannot be set by hand; use the buttons of the form.",
            model=self.env["ir.model"]._get(self._name).name,
            fields=self._get_field_labels(names),
        )
