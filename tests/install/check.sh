#!/usr/bin/env bash
# Installs the wheel as a user would and runs the main job from another folder. Needs a network for the dependencies.
#   tests/install/check.sh          with pip, into a fresh environment
#   tests/install/check.sh uv       as `uv tool install`
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ASSISTANT_HOME="$work/home"
if [ "${1:-pip}" = uv ]; then
  export UV_TOOL_DIR="$work/tools" UV_TOOL_BIN_DIR="$work/bin"
  uv tool install --quiet --python 3.11 "$top"
  assistant="$work/bin/assistant"
else
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check "$top"
  assistant="$work/venv/bin/assistant"
fi
mkdir "$work/elsewhere" && cd "$work/elsewhere"
"$assistant" --version
"$assistant" demo --out report
test -s report/report.html && test -s report/report.md && test -s report/as-is.bpmn
"$assistant" library search "customers do not pay our bills" --top 3
"$assistant" doctor
"$assistant" eval list > suites.txt
"$assistant" eval run simulation figures prompts --only 5 --out run.jsonl > /dev/null
"$assistant" eval compare run.jsonl || [ $? -eq 4 ]
echo "installed and ran from $(pwd)"
