#!/bin/sh
# Installs the programs that the speed bench compares with, under target/peers and nowhere else.
set -eu
cd "$(dirname "$0")/.."
mkdir -p target/peers/bin
python3 -m venv target/peers/python
target/peers/python/bin/pip install --quiet proselint
ln -sf ../python/bin/proselint target/peers/bin/proselint
npm install --silent --prefix target/peers alex textlint textlint-rule-prh
command -v rg > /dev/null || echo "ripgrep is not here: install it with your package manager (Debian: apt-get install ripgrep)"
