# Sourced by ./run, ./odoo and ./test: finds a Python that the platform supports.
suitable='import sys, venv; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))'
for python in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.10}; do
    if "$python" -c "$suitable" 2>/dev/null; then
        exec "$python" "$here/tools" "$@"
    fi
done
echo "error: no Python 3.10 to 3.13 with the venv module found." \
    "Install one (Debian: apt install python3 python3-venv) or name it: PYTHON=/path/to/python3 $0" >&2
exit 1
