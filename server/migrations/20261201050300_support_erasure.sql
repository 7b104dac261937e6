-- Why: what somebody wrote, and the files that they sent, can be emptied when they are erased. Everything else of a message stays as it was.

-- Up Migration
set local lock_timeout = '5s';

grant update (body) on support_messages to tributary_server;
grant update (name, media_type, content, size) on files to tributary_server;
comment on table support_messages is 'What was said in tickets. Never changed, but emptied when its partner is erased.';
comment on table files is 'Files that people have sent. Never changed, but emptied when their person is erased; whoever refers to one says who may read it.';

-- Down Migration
revoke update (body) on support_messages from tributary_server;
revoke update (name, media_type, content, size) on files from tributary_server;
comment on table support_messages is 'What was said in tickets. Never changed.';
comment on table files is 'Files that people have sent. Never changed; whoever refers to one says who may read it.';
