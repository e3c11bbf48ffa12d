def post_init_hook(env):
    """The types of case that come with the service desk say what they need."""
    for name in ("repair", "return", "incident"):
        case_type = env.ref(
            f"aftersales_service.case_type_{name}", raise_if_not_found=False
        )
        if case_type:
            case_type.needs_assessment = True
