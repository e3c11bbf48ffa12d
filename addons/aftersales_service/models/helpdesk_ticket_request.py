import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, plaintext2html
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.misc import hmac

# What a visitor writes, and how many characters of it are kept.
REQUEST_FIELDS = {
    "name": 100,
    "phone": 32,
    "model": 100,
    "serial": 64,
    "description": 4000,
}
PHONE = re.compile(r"\+?[\d\s().\-/]{6,32}")
MIN_DIGITS = 6
MAX_PHOTOS = 5
MAX_PHOTO_BYTES = 5 * 1024 * 1024
PHOTO_TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


class HelpdeskTicket(models.Model):
    """A case that a visitor of the web site takes down himself, without a login.

    He is told the number of his case and nothing else. In particular nothing that he
    can see depends on whether a serial number or a telephone number is known to us.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    request_origin = fields.Char(
        index="btree_not_null",
        copy=False,
        readonly=True,
        groups="base.group_system",
        help="A keyed hash of the address that the request came from; it limits how "
        "many come from one.",
    )

    @api.model
    def _read_request(self, form):
        """What a visitor wrote, cut to its length, as texts without blanks around."""
        return {
            name: str(form.get(name) or "").strip()[:length]
            for name, length in REQUEST_FIELDS.items()
        }

    @api.model
    def _get_request_refusal(self, asked, photos):
        """What is wrong with what a visitor wrote, or None; looks up nothing.

        :param dict asked: see :meth:`_read_request`
        :param list photos: contents of the files
        """
        if not asked["name"]:
            return self.env._("Tell us your name.")
        digits = sum(char.isdigit() for char in asked["phone"])
        if digits < MIN_DIGITS or not PHONE.fullmatch(asked["phone"]):
            return self.env._("Tell us the telephone number to call you back.")
        if not asked["description"]:
            return self.env._("Tell us what is wrong.")
        if len(photos) > MAX_PHOTOS:
            return self.env._("Send at most %(number)s photos.", number=MAX_PHOTOS)
        for photo in photos:
            if len(photo) > MAX_PHOTO_BYTES:
                return self.env._(
                    "A photo is larger than %(size)s MB. Send a smaller one.",
                    size=MAX_PHOTO_BYTES // 1024**2,
                )
            if guess_mimetype(photo) not in PHOTO_TYPES:
                return self.env._("Only photos can be sent: JPEG, PNG or WebP.")
        return None

    @api.model
    def _is_request_allowed(self, address):
        """Whether one more request may come from ``address`` within this hour.

        Requests that come at once are counted one after the other.
        """
        origin = self._get_request_origin(address)
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", origin)
        )
        since = fields.Datetime.now() - timedelta(hours=1)
        # sudo: only how many there are is looked at
        come = self.sudo().search_count(
            [("request_origin", "=", origin), ("reported_at", ">", since)]
        )
        return come < self.env.company.aftersales_request_limit

    @api.model
    def _get_request_origin(self, address):
        # sudo: the key of the database
        return hmac(self.env(su=True), "aftersales-request", address or "")

    @api.model
    def _take_request(self, asked, photos, address):
        """Make a case of what a visitor wrote.

        :return: the case, under sudo; only its number may be told
        """
        # sudo: a visitor has no rights; only what he wrote is taken down
        cases = self.sudo().with_context(mail_create_nosubscribe=True)
        vals = cases._prepare_request_vals(asked)
        vals["request_origin"] = self._get_request_origin(address)
        case = cases.create(vals)
        cases.env["ir.attachment"].create(
            [
                {
                    "name": f"photo-{number}.{PHOTO_TYPES[guess_mimetype(photo)]}",
                    "raw": photo,
                    "res_model": self._name,
                    "res_id": case.id,
                }
                for number, photo in enumerate(photos, start=1)
            ]
        )
        return case

    @api.model
    def _prepare_request_vals(self, asked):
        """Values of the case of a visitor's request; extension point.

        A serial number that is known links the machine, any other stays in the text.
        """
        lines = [
            asked["description"],
            self.env._("Model: %s", asked["model"]) if asked["model"] else "",
            self.env._("Serial number, as written by the customer: %s", asked["serial"])
            if asked["serial"]
            else "",
        ]
        return {
            "partner_name": asked["name"],
            "partner_phone": asked["phone"],
            "serial": self._find_serial(asked["serial"]),
            "description": plaintext2html("\n".join(filter(None, lines))),
            "channel_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web").id,
            "company_id": self.env.company.id,
            "user_id": False,
        }
