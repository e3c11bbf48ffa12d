{
    "name": "After-sales: Dispatch and Training",
    "summary": "Certificates rank technicians; who is at a training is not sent",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_dispatch", "aftersales_training_service"],
    "data": ["data/aftersales_dispatch_criterion_data.xml"],
    "auto_install": True,
}
