# Run by ./run in `odoo shell` on a new database (and again for another --lang).
import os

lang = os.environ.get("DEVKIT_LANG")
if lang:
    languages = env["res.lang"].with_context(active_test=False)
    if not languages.search([("code", "=", lang)]):
        raise SystemExit(f"Odoo knows no language {lang}: choose another --lang.")
    if lang not in dict(env["res.lang"].get_installed()):
        env["res.lang"]._activate_and_install_lang(lang)
    env["res.users"].with_context(active_test=False).search([]).write({"lang": lang})
    env["ir.default"].set("res.partner", "lang", lang)
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
print("set-up complete")
