"""Training with many people: lists, matrix “staff × course”, expiry reminders."""

from datetime import datetime

from .suite import Clock, interleave, median_ratio

ENROLMENTS = 20
DEALERS = 50
PAGE = 80
LOOPS = 5

PARTICIPANTS = {
    "partner_id": {"fields": {"display_name": {}}},
    "dealer_id": {"fields": {"display_name": {}}},
    "session_id": {"fields": {"display_name": {}}},
    "date_begin": {},
    "state": {},
    "can_confirm": {},
    "can_decline": {},
    "can_sign_in": {},
    "result": {},
    "score": {},
}
CERTIFICATES = {
    "name": {},
    "partner_id": {"fields": {"display_name": {}}},
    "scope_id": {"fields": {"display_name": {}}},
    "valid_to": {},
    "status": {},
}
STAFF = {"name": {}, "certificate_count": {}, "is_certified": {}}
LISTS = (
    ("participants", "aftersales.training.enrolment", PARTICIPANTS, []),
    ("valid certificates", "aftersales.certificate", CERTIFICATES, "valid"),
    ("service staff", "aftersales.staff", STAFF, []),
)


def run(env, report, options):
    trainees = options["rows"] // 2
    section = f"Training, {trainees:,} trainees × {ENROLMENTS} enrolments"
    print(f"{section}: filling", flush=True)
    _Fill(env, trainees).run()
    users = {
        "training coordinator": _create_user(env, "group_training_coordinator", None),
        "dealer's manager": _create_user(
            env, "group_dealer_manager", env["aftersales.dealer"].search([], limit=1)
        ),
    }
    env.flush_all()
    for name, user in users.items():
        _measure_lists(env(user=user), report, section, name, options["repeat"])
    own = env(user=users["training coordinator"])
    _measure_matrix(own, report, section, options["repeat"])
    _measure_reminders(env, report, section, options["repeat"])
    env.cr.rollback()
    env.invalidate_all()


class _Fill:
    """Rows as years of training leave them, written by SQL for this run only."""

    def __init__(self, env, trainees):
        self.env, self.cr, self.trainees = env, env.cr, trainees

    def run(self):
        self._create_catalogue()
        self._insert_staff()
        self._insert_enrolments()
        for table in ("enrolment", "certificate", "staff"):
            prefix = "aftersales_training_" if table == "enrolment" else "aftersales_"
            self.cr.execute(f"ANALYZE {prefix}{table}")
        self.env.invalidate_all()

    def _create_catalogue(self):
        env = self.env
        self.dealers = env["aftersales.dealer"].create(
            [
                {
                    "partner_id": env["res.partner"]
                    .create({"name": f"Bench dealer {number}", "is_company": True})
                    .id,
                    "code": f"BENCH{number}",
                }
                for number in range(DEALERS)
            ]
        )
        topic = env["aftersales.training.topic"].search([], limit=1)
        scopes = env["aftersales.certificate.scope"].create(
            [{"name": f"Scope {n}", "code": f"BENCH{n}"} for n in range(ENROLMENTS)]
        )
        courses = env["aftersales.training.course"].create(
            [
                {
                    "name": f"Course {scope.code}",
                    "code": scope.code,
                    "topic_id": topic.id,
                    "scope_id": scope.id,
                }
                for scope in scopes
            ]
        )
        courses.sudo().write({"state": "released"})
        self.sessions = env["aftersales.training.session"].create(
            [
                {
                    "course_id": course.id,
                    "date_begin": datetime(2025, 1 + n % 12, 1 + n // 12, 8),
                    "seats": self.trainees,
                }
                for n, course in enumerate(courses)
            ]
        )
        env.flush_all()

    def _insert_staff(self):
        people = [{"name": f"Trainee {number}"} for number in range(self.trainees)]
        partners = self.env["res.partner"].with_context(tracking_disable=True)
        self.partners = partners.create(people).ids
        self.env.flush_all()
        self.cr.execute(
            "INSERT INTO aftersales_staff (partner_id, name, active, dealer_id, role,"
            " create_date, write_date) SELECT p, 'Trainee', true,"
            " (%s::int[])[1 + (o %% %s)], 'technician', now(), now()"
            " FROM unnest(%s) WITH ORDINALITY u(p, o)",
            [self.dealers.ids, DEALERS, self.partners],
        )

    def _insert_enrolments(self):
        self.cr.execute(
            "INSERT INTO aftersales_training_enrolment (session_id, course_id,"
            " date_begin, date_end, partner_id, staff_id, dealer_id, state, result,"
            " hours, score, access_token, signed_in_at, create_date, write_date)"
            " SELECT s.id, s.course_id, s.date_begin, s.date_end, t.partner_id, t.id,"
            " t.dealer_id, 'attended',"
            " CASE WHEN (t.id + s.id) %% 4 = 0 THEN 'failed' ELSE 'passed' END, 8, 80,"
            " md5(t.id || 'x' || s.id), now(), now(), now()"
            " FROM aftersales_training_session s, aftersales_staff t"
            " WHERE s.id = ANY(%s) AND t.partner_id = ANY(%s)",
            [self.sessions.ids, self.partners],
        )
        self.cr.execute(
            "INSERT INTO aftersales_certificate (name, state, partner_id, staff_id,"
            " dealer_id, scope_id, valid_from, valid_to, company_id, access_token,"
            " reminded_days, create_date, write_date)"
            " SELECT 'BENCH' || e.id, 'active', e.partner_id, e.staff_id, e.dealer_id,"
            " c.scope_id, '2025-01-01', now()::date + (e.id %% 700)::int, %s,"
            " md5('c' || e.id), 0, now(), now() FROM aftersales_training_enrolment e"
            " JOIN aftersales_training_course c ON c.id = e.course_id"
            " WHERE e.partner_id = ANY(%s) AND e.result = 'passed'",
            [self.env.company.id, self.partners],
        )


def _create_user(env, group, dealer):
    return env["res.users"].create(
        {
            "name": group,
            "login": f"bench_{group}",
            "email": f"{group}@example.com",
            "dealer_id": dealer.id if dealer else False,
            "group_ids": [(6, 0, env.ref(f"aftersales_dealer.{group}").ids)],
        }
    )


def _timed(env, work):
    """A function that does ``work`` with cold caches of records, and its seconds."""

    def turn():
        with Clock() as clock:
            for _loop in range(LOOPS):
                env.invalidate_all()
                work()
        return clock.seconds

    return turn


def _measure_lists(env, report, section, who, repeat):
    """A page of a list among all rows, against reading the same rows by their ids."""
    for title, name, specification, domain in LISTS:
        model = env[name]
        if domain == "valid":
            domain = model._get_valid_domain()

        def page(domain=domain, model=model, specification=specification):
            return model.web_search_read(
                domain, specification, limit=PAGE, count_limit=10001
            )

        ids = [row["id"] for row in page()["records"]]

        def same(ids=ids, model=model, specification=specification):
            return model.browse(ids).web_read(specification)

        if page()["records"] != same():
            raise AssertionError(f"{title}: two ways, two answers")
        ways = {"list": _timed(env, page), "ids": _timed(env, same)}
        times = interleave(repeat, ways)
        ratio = median_ratio(times["list"], times["ids"])
        report.add(
            section,
            f"{title}, {who}: first page among all, against the same rows by id",
            f"{ratio:.1f} ×",
            "≤ 5 ×",
            ratio <= 5,
        )


def _measure_matrix(env, report, section, repeat):
    matrix = env["aftersales.training.matrix"]
    one = env["aftersales.dealer"].search([("code", "=like", "BENCH%")], limit=1)
    sums = ["passed:sum", "certified:sum", "__count"]

    def whole():
        return matrix.formatted_read_grouping_sets(
            [], [["dealer_id", "course_code"]], sums
        )

    def dealer():
        return matrix.formatted_read_grouping_sets(
            [("dealer_id", "=", one.id)], [["staff_id", "course_code"]], sums
        )

    def plain():
        env.cr.execute(
            "SELECT s.dealer_id, c.code, COUNT(DISTINCT e.staff_id) FILTER"
            " (WHERE e.result = 'passed'), COUNT(DISTINCT e.staff_id)"
            " FROM aftersales_training_enrolment e"
            " JOIN aftersales_staff s ON s.id = e.staff_id AND s.active"
            " JOIN aftersales_training_course c ON c.id = e.course_id"
            " WHERE e.state = 'attended' GROUP BY s.dealer_id, c.code"
        )
        return env.cr.fetchall()

    if sum(row[2] for row in plain()) != sum(r["passed:sum"] for r in whole()[0]):
        raise AssertionError("matrix: two ways, two answers")
    ways = {"matrix": whole, "dealer": dealer, "plain SQL": plain}
    times = interleave(repeat, {name: _timed(env, way) for name, way in ways.items()})
    ratio = median_ratio(times["matrix"], times["plain SQL"])
    figure = "matrix dealer × course, against SQL that leaves out the certificates"
    report.add(section, figure, f"{ratio:.1f} ×", "≤ 3 ×", ratio <= 3)
    ratio = median_ratio(times["dealer"], times["matrix"])
    figure = "matrix staff × course of one dealer of 50, against the whole"
    report.add(section, figure, f"{ratio:.2f} ×", "≤ 0.5 ×", ratio <= 0.5)


def _measure_reminders(env, report, section, repeat):
    Certificate = env["aftersales.certificate"].sudo()
    domain = Certificate._get_reminder_domain()
    total = Certificate.search_count([])
    due = Certificate.search(domain, limit=500, order="valid_to, id")

    def find():
        return Certificate.search(domain, limit=500, order="valid_to, id")

    def everything():
        return Certificate.search([], limit=500, order="valid_to, id")

    times = interleave(
        repeat, {"due": _timed(env, find), "any": _timed(env, everything)}
    )
    ratio = median_ratio(times["due"], times["any"])
    figure = f"find 500 due of {total:,} certificates, against any 500"
    report.add(section, figure, f"{ratio:.1f} ×", "≤ 10 ×", ratio <= 10)
    counts = [_count_reminder_queries(env, due[:number]) for number in (50, 100)]
    report.add(
        section,
        "SQL queries of reminding 50 and 100 holders",
        f"{counts[0]} and {counts[1]}",
        "≤ twice",
        counts[1] <= 2 * counts[0],
    )
    _measure_mails(env, report, section, due[:100], repeat)


def _measure_mails(env, report, section, due, repeat):
    """What reminding adds to sending the mails of the same template."""
    template = env.ref("aftersales_certificate.mail_template_expiry")

    def turn(work):
        env.invalidate_all()
        with Clock() as clock, _undone(env):
            work()
            env.flush_all()
        return clock.seconds

    times = interleave(
        repeat,
        {
            "remind": lambda: turn(due._remind),
            "mails": lambda: turn(lambda: template.send_mail_batch(due.ids)),
        },
    )
    ratio = median_ratio(times["remind"], times["mails"])
    figure = f"remind {len(due)} holders, against the bare mails"
    report.add(section, figure, f"{ratio:.2f} ×", "≤ 1.2 ×", ratio <= 1.2)


def _count_reminder_queries(env, due):
    env.invalidate_all()
    before = env.cr.sql_log_count
    with _undone(env):
        due._remind()
        env.flush_all()
        count = env.cr.sql_log_count - before
    return count


class _undone:
    """``with _undone(env):`` leaves the tables as they were."""

    def __init__(self, env):
        self.env = env

    def __enter__(self):
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT bench")

    def __exit__(self, *_error):
        self.env.invalidate_all(flush=False)
        self.env.cr.execute("ROLLBACK TO SAVEPOINT bench")
