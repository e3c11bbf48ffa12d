import base64

from odoo import api, models
from odoo.exceptions import UserError

from ..utils.headers import find_header, get_signature, map_headers
from ..utils.table import ImportTable
from ..utils.tabular import TableError, read_table

SAMPLES = 3


class AftersalesImportJob(models.Model):
    """Reading: from the file's bytes to a table of typed values."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.import.job"

    def _read_sheets(self):
        """The visible sheets of the file.

        :raises UserError: no file, or one that cannot be read
        """
        self.ensure_one()
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(
                self.env._(
                    "Choose a file first: an Excel workbook (.xlsx, .xls) or a text "
                    "file (.csv)."
                )
            )
        try:
            sheets = read_table(base64.b64decode(content), self.filename or "")
        except TableError as error:
            reason = self._get_file_refusals()[error.code] % error.values
            raise UserError(
                self.env._("%(file)s: %(reason)s", file=self.filename, reason=reason)
            ) from error
        return [sheet for sheet in sheets if sheet.rows and not sheet.hidden]

    def _get_layouts(self, sheets):
        """Header row of each sheet: list of (sheet, index), and sheets without one."""
        known = self.env["aftersales.import.field"]._get_header_map(self.kind)
        recall = self.env["aftersales.import.mapping"]._recall(
            self.kind, self.dealer_id
        )
        layouts, others = [], []
        for sheet in sheets:
            index = find_header(sheet.rows, known, recall)
            (others if index is None else layouts).append((sheet, index))
        if not layouts and others:
            # nothing is known: the first row of the first sheet, to be mapped by hand
            layouts.append((others.pop(0)[0], 0))
        return layouts, [sheet for sheet, _index in others]

    def _map_columns(self, layouts):
        """Propose what each column fills: as remembered, else by its header."""
        fields_by_key = {
            field.key: field
            for field in self.env["aftersales.import.field"].search(
                [("kind", "=", self.kind)]
            )
        }
        header_map = self.env["aftersales.import.field"]._get_header_map(self.kind)
        synonyms = {name: field.key for name, field in header_map.items()}
        recall = self.env["aftersales.import.mapping"]._recall(
            self.kind, self.dealer_id
        )
        vals_list = {}
        for sheet, index in layouts:
            cells = sheet.rows[index][1]
            remembered = recall.get(get_signature(cells))
            mapping = map_headers(cells, synonyms)
            if remembered:
                mapping = {name: remembered.get(name) for name in mapping}
            for name, key in mapping.items():
                field = fields_by_key.get(key)
                vals = self._prepare_column_vals(sheet, index, name, field)
                vals_list.setdefault(name, {**vals, "sequence": len(vals_list)})
        self.column_ids.unlink()
        self.env["aftersales.import.column"].create(list(vals_list.values()))

    def _prepare_column_vals(self, sheet, index, name, field):
        header = ["" if c is None else str(c).strip() for c in sheet.rows[index][1]]
        column = header.index(name)
        samples = []
        for _number, cells in sheet.rows[index + 1 : index + 50]:
            value = cells[column] if column < len(cells) else None
            if value not in (None, "") and len(samples) < SAMPLES:
                samples.append(str(value).strip()[:40])
        return {
            "job_id": self.id,
            "name": name,
            "sample": " · ".join(samples),
            "field_id": field.id if field else False,
        }

    def _get_mapping(self):
        """Header text -> field key, as the columns of this job stand now.

        :raises UserError: two columns fill one field
        """
        mapping = {}
        owners = {}
        for column in self.column_ids:
            key = column.field_id.key
            if not key:
                continue
            if key in owners:
                raise UserError(
                    self.env._(
                        "The columns “%(one)s” and “%(other)s” both fill "
                        "“%(field)s”. Clear one of them.",
                        one=owners[key],
                        other=column.name,
                        field=column.field_id.name,
                    )
                )
            owners[key] = mapping_name = column.name
            mapping[mapping_name] = key
        return mapping

    def _read_table(self, layouts, others):
        """All rows as an :class:`ImportTable`, parsed, not yet checked by the kind."""
        mapping = self._get_mapping()
        specs = self.env["aftersales.import.field"].search([("kind", "=", self.kind)])
        table = ImportTable(specs.mapped("key"))
        for sheet, index in layouts:
            ignored = table.add_sheet(sheet, index, mapping)
            if ignored:
                table.notices.append(self._describe_ignored(sheet, ignored))
        for sheet in others:
            table.notices.append(
                self.env._(
                    "Sheet “%(sheet)s” was not read: no row of headers was found.",
                    sheet=sheet.name,
                )
            )
        types = {spec.key: spec.type for spec in specs}
        unclear = table.parse(types, self._get_cell_refusals(), self.date_order)
        for key in unclear:
            table.notices.append(
                self.env._(
                    "“%(column)s” has dates like 05/03/2024 and none that tells the "
                    "order; they are read day first. Set the order if that is wrong.",
                    column=table.headers[key],
                )
            )
        mapped = set(mapping.values())
        required = [spec.key for spec in specs if spec.required]
        table.require(
            [key for key in required if key in mapped],
            self.env._("The cell is empty. This value is required."),
        )
        return table

    def _describe_ignored(self, sheet, numbers):
        return self.env._(
            "Sheet “%(sheet)s”: %(count)s rows hold nothing in a known column and were "
            "not read (first: %(first)s).",
            sheet=sheet.name,
            count=len(numbers),
            first=", ".join(str(number) for number in numbers[:5]),
        )

    def _get_missing_columns(self):
        """Names of required fields that no column fills."""
        filled = self.column_ids.field_id
        return (
            self.env["aftersales.import.field"]
            .search([("kind", "=", self.kind), ("required", "=", True)])
            .filtered(lambda field: field not in filled)
            .mapped("name")
        )

    @api.model
    def _get_cell_refusals(self):
        """Code of a ``ParseError`` -> sentence."""
        return {
            "error": self.env._(
                "The cell holds a spreadsheet error. Correct its formula."
            ),
            "date": self.env._("This is no date. Write it like 2024-03-05."),
            "number": self.env._("This is no number."),
            "boolean": self.env._("Write yes or no."),
            "phone": self.env._("This is no phone number."),
            "serial": self.env._("This is no serial number."),
            "digits": self.env._(
                "The number is too long to be stored as a number: its last digits are "
                "lost. Format the column as text and enter it again."
            ),
        }

    @api.model
    def _get_file_refusals(self):
        """Code of a ``TableError`` -> sentence with the error's values."""
        return {
            "empty": self.env._("the file is empty."),
            "format": self.env._(
                "this is no table file. Send an Excel workbook (.xlsx, .xls) or a text "
                "file (.csv)."
            ),
            "markup": self.env._(
                "this is a web page named like a workbook. Open it in Excel and save "
                "it as .xlsx."
            ),
            "damaged": self.env._(
                "the file is damaged. Open it in Excel, save it again and send that."
            ),
            "encrypted": self.env._(
                "the file is protected by a password. Remove the password and save it."
            ),
            "encoding": self.env._(
                "the text has an unknown encoding. Save it as CSV UTF-8, or as .xlsx."
            ),
            "bomb": self.env._("the file unpacks to an absurd size and was not read."),
            "entities": self.env._(
                "the file holds declarations no workbook has; not read."
            ),
            "rows": self.env._(
                "sheet “%(sheet)s” has more than %(limit)s rows. Split it."
            ),
            "columns": self.env._("sheet “%(sheet)s” has more than %(limit)s columns."),
        }
