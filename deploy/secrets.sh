#!/bin/sh
# Makes the secrets of compose.yaml in ./secrets, once: what is there is kept. SMTP_URL is yours to write.
set -eu
umask 077
mkdir -p secrets
random() {
  head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'
}
make() {
  [ -s "secrets/$1" ] || printf '%s' "$2" > "secrets/$1"
}
make doorward_secret "$(random 32)"
make metrics_token "$(random 32)"
make postgres_password "$(random 24)"
make database_url "postgres://doorward:$(cat secrets/postgres_password)@postgres:5432/doorward"
make smtp_url "${SMTP_URL:-}"
# the containers, which are given the files and not the folder, read them as other users; nobody else gets into the folder
chmod 644 secrets/*
chmod 700 secrets
[ -s secrets/smtp_url ] || echo 'Write the address of your mail server to secrets/smtp_url: smtp://user:password@host:587'
