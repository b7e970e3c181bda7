-- A comparison of what SendPulse has of contacts with what it sent. While it runs, cursor
-- is what it goes on after, and bots are those that are compared, with the event up to
-- which they were looked for.
create table pulsehook_reconciliation (
	id integer primary key autoincrement,
	status text not null,
	scheduled integer not null,
	window_from integer not null,
	window_to integer not null,
	started_at integer not null,
	finished_at integer,
	contacts integer not null default 0,
	error text,
	bots text,
	cursor text,
	runner text,
	lease_until integer
);
create unique index pulsehook_reconciliation_running on pulsehook_reconciliation (status) where status = 'running';

-- The messages that it found and that were never sent. The body is the element of a
-- webhook that would have brought one. What was stored up to the event in compared_to has
-- been compared with it. In order of their writing, since an erasure would not reach
-- copies of what people wrote; therefore no index has a text or a contact either.
create table pulsehook_missing (
	id integer primary key autoincrement,
	reconciliation_id integer not null references pulsehook_reconciliation (id) on delete cascade,
	source text not null,
	service text not null,
	bot text not null,
	contact text not null,
	message_id text,
	row_id text,
	sent_at integer not null,
	text text,
	body text not null,
	compared_to integer not null,
	event_id integer,
	stored_at integer
);
create index pulsehook_missing_reconciliation on pulsehook_missing (reconciliation_id);
create index pulsehook_missing_sent_at on pulsehook_missing (sent_at);

-- The SHA-256 of the ids of contacts that were erased, so that their messages are not
-- fetched once more.
create table pulsehook_erased (
	contact_hash blob primary key,
	erased_at integer not null
) without rowid;
