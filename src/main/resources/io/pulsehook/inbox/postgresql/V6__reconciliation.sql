-- Nobody writes meanwhile: a transaction takes this row first, and then the others.
update pulsehook_turn set version = version;

-- A comparison of what SendPulse has of contacts with what it sent. While it runs, one
-- replica at a time works on it, whose lease goes by this server's clock; cursor is what
-- it goes on after, and bots are those that are compared, with the event up to which they
-- were looked for.
create table pulsehook_reconciliation (
	id bigint generated always as identity primary key,
	status text not null,
	scheduled integer not null,
	window_from bigint not null,
	window_to bigint not null,
	started_at bigint not null,
	finished_at bigint,
	contacts bigint not null default 0,
	error text,
	bots text,
	cursor text,
	runner text,
	lease_until bigint
);
create unique index pulsehook_reconciliation_running on pulsehook_reconciliation (status) where status = 'running';

-- The messages that it found and that were never sent. The body is the element of a
-- webhook that would have brought one. What was stored up to the event in compared_to has
-- been compared with it.
create table pulsehook_missing (
	id bigint generated always as identity primary key,
	reconciliation_id bigint not null references pulsehook_reconciliation (id) on delete cascade,
	source text not null,
	service text not null,
	bot text not null,
	contact text not null,
	message_id text,
	row_id text,
	sent_at bigint not null,
	text text,
	body text not null,
	compared_to bigint not null,
	event_id bigint,
	stored_at bigint
);
create index pulsehook_missing_reconciliation on pulsehook_missing (reconciliation_id);
create index pulsehook_missing_sent_at on pulsehook_missing (sent_at);

-- The SHA-256 of the ids of contacts that were erased, so that their messages are not
-- fetched once more.
create table pulsehook_erased (
	contact_hash bytea primary key,
	erased_at bigint not null
);
