{
    "name": "After-sales: Claims and Certificates",
    "summary": "Claim rules ask for the technician's certificate on the repair's day",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_claim", "aftersales_certificate"],
    "data": ["data/aftersales_claim_rule_data.xml"],
    "auto_install": True,
}
