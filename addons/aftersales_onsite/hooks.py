def post_init_hook(env):
    """The types of case that come with the service desk say what they demand."""
    for name in ("repair", "installation", "inspection", "incident"):
        case_type = env.ref(
            f"aftersales_service.case_type_{name}", raise_if_not_found=False
        )
        if case_type:
            case_type.demands_proof = True
