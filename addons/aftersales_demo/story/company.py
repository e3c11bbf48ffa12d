"""The maker: his company, books, rates and warranty policies."""

RATES = {"a": (90.0, 1.5), "b": (80.0, 1.2), "c": (70.0, 1.0), "d": (60.0, 0.8)}
# what an end customer pays out of cover, before tax: an hour, a kilometre, a night
PRICES = {"labour": 120.0, "travel": 2.0, "night": 80.0}
# Shipped statutory policies, and the categories of ours that they hold for.
POLICIES = {
    "policy_farm_tractor": "category_tractor",
    "policy_farm_combine": "category_combine",
    "policy_appliance_aircon": "category_aircon",
    "policy_car": "category_suv",
    "policy_computer": "category_notebook",
}


def set_up(stage):
    env = stage.env
    company = env.ref("base.main_company")
    china = env.ref("base.cn")
    company.partner_id.write(
        {
            "name": "Ruitian 瑞田智造股份有限公司",
            "street": "88 Science Avenue",
            "city": "Beijing",
            "country_id": china.id,
            "phone": "+86 10 6000 8000",
            "email": "service@ruitian.example.com",
        }
    )
    # its days, terms and clocks are Chinese ones
    company.resource_calendar_id.tz = "Asia/Shanghai"
    _open_books(env, company)
    for grade, (labour, travel) in RATES.items():
        env.ref(f"aftersales_dealer.grade_{grade}").write(
            {"labour_rate": labour, "travel_rate": travel}
        )
    for policy, category in POLICIES.items():
        env.ref(f"aftersales_warranty.{policy}").category_ids = stage.ref(category)
    for name in ("north", "east", "west"):
        stage.ref(f"dealer_{name}").sales_rep_id = stage.user("manager")
    env.ref("aftersales_warranty.part_class_main").return_old_part = True
    _hire(stage)
    route = env.ref("aftersales_assessment.route_unusual")
    route.user_id = stage.user("technical")
    _publish_prices(stage)
    set_demands(stage, active=False)


def _open_books(env, company):
    """Chinese accounts with 13 % VAT, unless somebody keeps books here already."""
    if env["account.move"].search_count([("company_id", "=", company.id)], limit=1):
        return
    company.country_id = env.ref("base.cn")
    env["account.chart.template"].try_loading("cn", company, install_demo=False)


def _hire(stage):
    """Everybody has been there for years, but for one."""
    staff = stage.env["aftersales.staff"].search([])
    staff.joined_on = stage.days_ago(900)
    stage.ref("staff_north_tech2").joined_on = stage.days_ago(150)


def _publish_prices(stage):
    """What charged work costs; a customer agrees to it before it is finished."""
    parts = stage.env["product.product"].search(
        [("categ_id", "=", stage.ref("category_parts").id)]
    )
    rates = stage.env["aftersales.charge.rate"]
    for kind in ("labour", "travel", "night", "other"):
        parts |= rates._get_service_product(kind)
    parts.taxes_id = stage.env.company.account_sale_tax_id
    with stage.on(stage.days_ago(240)):
        stage.model("aftersales.charge.rate", "manager").create(
            [
                {"kind": kind, "price": price, "date_from": stage.days_ago(240)}
                for kind, price in PRICES.items()
            ]
        )


def set_demands(stage, active):
    """Whether repairs are proved on site and checked before they are finished.

    The year begins as it was before the system asked for both.
    """
    for name in ("repair", "inspection", "installation", "incident"):
        case_type = stage.env.ref(f"aftersales_service.case_type_{name}")
        case_type.demands_proof = active
    for name in ("down", "repair"):
        stage.env.ref(f"aftersales_quality.quality_plan_{name}").active = active
