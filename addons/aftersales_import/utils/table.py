"""The rows of a file in columns of typed values, with a verdict for each row."""

from .parse import PARSERS, ParseError, decide_day_first, has_year_last, parse_date

REFUSED = "refused"
DUPLICATE = "duplicate"


class ImportTable:
    """Rows of all sheets of a file, column by column.

    ``values[key][i]`` is the typed value of field ``key`` in row ``i``, ``None`` when
    the cell is empty or wrong. ``verdicts[i]`` is ``"ok"`` until a check says other;
    a kind may use own words for rows that will be imported.

    Columns rather than rows, because a check of a whole column against a set or a dict
    is what makes large files fast.
    """

    def __init__(self, keys):
        self.places = []  # (sheet name, row number) of each row
        self.raw = {key: [] for key in keys}
        self.values = {}
        self.verdicts = []
        self.problems = []  # (row index, field key or None, verdict, text)
        self.headers = {}  # field key -> header text
        self.notices = []
        self.date1904 = False

    def __len__(self):
        return len(self.places)

    def add_sheet(self, sheet, header_index, mapping):
        """Take over the rows below the header of a sheet.

        :param dict mapping: header text -> field key
        :return: list of row numbers that hold nothing in any mapped column
        """
        header = sheet.rows[header_index][1]
        columns = self._get_columns(header, mapping)
        self.date1904 = self.date1904 or sheet.date1904
        lists = [(self.raw[key], columns.get(key)) for key in self.raw]
        used = [column for column in columns.values()]
        ignored = []
        for number, cells in sheet.rows[header_index + 1 :]:
            width = len(cells)
            if not any(c < width and cells[c] not in (None, "") for c in used):
                ignored.append(number)
            elif cells != header:  # sheets pasted together repeat their header
                self.places.append((sheet.name, number))
                for values, column in lists:
                    empty = column is None or column >= width
                    values.append(None if empty else cells[column])
        return ignored

    def _get_columns(self, header, mapping):
        columns = {}
        for column, cell in enumerate(header):
            name = "" if cell is None else str(cell).strip()
            key = mapping.get(name)
            if key and key not in columns:
                columns[key] = column
                self.headers[key] = name
        return columns

    def parse(self, types, refusals, date_order="auto"):
        """Turn raw cells into values; wrong ones refuse their row.

        :param dict types: field key -> type, see ``parse.PARSERS``
        :param dict refusals: code of :class:`~.parse.ParseError` -> sentence
        :param date_order: ``auto``, ``dmy`` or ``mdy``, for dates like 05/03/2024
        :return: keys of date columns that do not tell their order, though they need one
        """
        self.verdicts = ["ok"] * len(self)
        unclear = []
        for key, column in self.raw.items():
            parser = PARSERS[types[key]]
            if types[key] == "date":
                day_first = {"dmy": True, "mdy": False}.get(date_order)
                if day_first is None:
                    day_first = decide_day_first(column)
                if day_first is None:
                    day_first = True
                    if has_year_last(column):
                        unclear.append(key)
                parser = _date_parser(day_first, self.date1904)
            self.values[key] = self._parse_column(key, column, parser, refusals)
        return unclear

    def _parse_column(self, key, column, parser, refusals):
        known = {}  # the same text is parsed once; 1, 1.0 and True are not one key
        values = []
        append = values.append
        for index, raw in enumerate(column):
            if raw is None:
                append(None)
                continue
            is_text = type(raw) is str
            if is_text and raw in known:
                append(known[raw])
                continue
            try:
                value = parser(raw)
            except ParseError as error:
                self.refuse(index, key, refusals[error.code])
                append(None)
                continue
            if is_text:
                known[raw] = value
            append(value)
        return values

    def require(self, keys, sentence):
        """Refuse the rows that lack a value of a required field."""
        wrong = {(index, key) for index, key, _verdict, _text in self.problems}
        for key in keys:
            for index, value in enumerate(self.values[key]):
                if value is None and (index, key) not in wrong:
                    self.refuse(index, key, sentence)

    def refuse(self, index, key, text):
        """This row cannot be imported: ``text`` says why and what to do."""
        self.verdicts[index] = REFUSED
        self.problems.append((index, key, REFUSED, text))

    def skip(self, index, key, text):
        """This row is in the database, or higher up in the file, already."""
        if self.verdicts[index] != REFUSED:
            self.verdicts[index] = DUPLICATE
            self.problems.append((index, key, DUPLICATE, text))

    def get_importable(self, start=0, stop=None):
        """Indexes of the rows to import among ``start``…``stop``."""
        stop = len(self) if stop is None else stop
        out = (REFUSED, DUPLICATE)
        return [i for i in range(start, stop) if self.verdicts[i] not in out]

    def get_row(self, index):
        """Values of one row by field key."""
        return {key: column[index] for key, column in self.values.items()}

    def get_label(self, index):
        """Where a row stands, for texts about another row."""
        sheet, number = self.places[index]
        return f"{sheet}:{number}" if sheet else str(number)


def _date_parser(day_first, date1904):
    return lambda raw: parse_date(raw, day_first, date1904)
