{
    "name": "After-sales",
    "summary": "The after-sales system of a maker and its dealers: install this one",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": [
        "aftersales_dealer",
        "aftersales_import",
        "aftersales_warranty",
        "aftersales_service",
        "aftersales_parts",
        "aftersales_claim",
    ],
    "application": True,
}
