#!/bin/sh
# Run once, when the database is made: the login that the server uses. It owns nothing, and works as tributary_server (docs/guides/operate.md).
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set=password="$SERVER_PASSWORD" <<'SQL'
create role tributary_server nologin;
create role tributary_login login password :'password' in role tributary_server;
SQL
