-- Why: how somebody wished to hear of news is forgotten with them.

-- Up Migration
grant delete on notice_preferences to tributary_server;

-- Down Migration
revoke delete on notice_preferences from tributary_server;
