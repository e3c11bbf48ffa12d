"""The maker: his company, books, rates and warranty policies."""

RATES = {"a": (90.0, 1.5), "b": (80.0, 1.2), "c": (70.0, 1.0), "d": (60.0, 0.8)}
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


def _open_books(env, company):
    """Chinese accounts with 13 % VAT, unless somebody keeps books here already."""
    if env["account.move"].search_count([("company_id", "=", company.id)], limit=1):
        return
    company.country_id = env.ref("base.cn")
    env["account.chart.template"].try_loading("cn", company, install_demo=False)
