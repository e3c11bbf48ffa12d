# pylint: disable=consider-merging-classes-inherited
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesTrainingSession(models.Model):
    """A trainer and a room are in one session at a time, and a room has its size."""

    _inherit = "aftersales.training.session"

    _trainer_free = models.Constraint(
        "EXCLUDE USING gist (int4range(trainer_id, trainer_id, '[]') WITH &&, "
        "tsrange(date_begin, date_end) WITH &&) "
        "WHERE (trainer_id IS NOT NULL AND state != 'cancelled') "
        "DEFERRABLE INITIALLY DEFERRED",
        "The trainer has another session at that time. Choose another trainer or time.",
    )
    _room_free = models.Constraint(
        "EXCLUDE USING gist (int4range(room_id, room_id, '[]') WITH &&, "
        "tsrange(date_begin, date_end) WITH &&) "
        "WHERE (room_id IS NOT NULL AND state != 'cancelled') "
        "DEFERRABLE INITIALLY DEFERRED",
        "The room is taken at that time. Choose another room or time.",
    )

    @api.constrains("date_begin", "date_end", "trainer_id", "room_id", "state")
    def _check_free(self):
        for session in self.filtered(lambda s: s.state != "cancelled"):
            session._check_resource_free("trainer_id")
            session._check_resource_free("room_id")
        self._check_exclusion("_trainer_free", "_room_free")

    def _check_resource_free(self, name):
        """Refuse a second session of the same trainer or room at the same time."""
        self.ensure_one()
        if not self[name]:
            return
        other = self._get_clashing(name)
        if other:
            raise ValidationError(
                self.env._(
                    "%(resource)s is taken by session %(other)s from %(start)s to "
                    "%(end)s. Choose another time, or another trainer or room.",
                    resource=self[name].display_name,
                    other=other.display_name,
                    start=fields.Datetime.context_timestamp(
                        self, other.date_begin
                    ).strftime("%Y-%m-%d %H:%M"),
                    end=fields.Datetime.context_timestamp(
                        self, other.date_end
                    ).strftime("%Y-%m-%d %H:%M"),
                )
            )

    def _get_clashing(self, name):
        self.ensure_one()
        return self.search(
            [
                ("id", "!=", self.id),
                (name, "=", self[name].id),
                ("state", "!=", "cancelled"),
                ("date_begin", "<", self.date_end),
                ("date_end", ">", self.date_begin),
            ],
            limit=1,
        )

    @api.constrains("seats", "room_id")
    def _check_room_size(self):
        for session in self.filtered("room_id"):
            if session.seats > session.room_id.seats:
                raise ValidationError(
                    self.env._(
                        "Room %(room)s has %(room_seats)s seats, the session wants "
                        "%(seats)s. Choose a larger room, or fewer seats.",
                        room=session.room_id.name,
                        room_seats=session.room_id.seats,
                        seats=session.seats,
                    )
                )
