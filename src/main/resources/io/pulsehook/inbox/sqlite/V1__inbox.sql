-- One row, rewritten to see whether there is room again after an outage.
create table pulsehook_probe (
	data blob
);
insert into pulsehook_probe (data) values (null);

-- An event as it came. Ids are never used twice.
create table pulsehook_event (
	id integer primary key autoincrement,
	source text not null,
	kind text not null,
	type text not null,
	title text,
	service text,
	bot text,
	contact text,
	ordering_key integer,
	dedup_key blob,
	occurred_at integer not null,
	received_at integer not null,
	duplicates integer not null default 0,
	reason text,
	body blob not null
);
create unique index pulsehook_event_dedup on pulsehook_event (dedup_key);
create index pulsehook_event_contact on pulsehook_event (contact) where contact is not null;
create index pulsehook_event_time on pulsehook_event (received_at);

-- What one handler has to do with one event. Unfinished: finished_at is null. Of these,
-- due_at is null while an earlier delivery of the same handler and key is unfinished:
-- such rows are in no index that a claim reads. What is earlier tells position: twice the
-- event's id, and for a replay twice the last event's id plus one, so that it joins its
-- key at the end.
create table pulsehook_delivery (
	event_id integer not null references pulsehook_event (id) on delete cascade,
	handler text not null,
	ordering_key integer,
	position integer not null,
	replay_id integer,
	status text not null,
	run integer not null default 1,
	attempts integer not null default 0,
	due_at integer,
	finished_at integer,
	last_error text,
	primary key (event_id, handler)
) without rowid;
create index pulsehook_delivery_due on pulsehook_delivery (handler, due_at, event_id)
	where due_at is not null and replay_id is null;
create index pulsehook_delivery_replay_due on pulsehook_delivery (handler, due_at, event_id)
	where due_at is not null and replay_id is not null;
create index pulsehook_delivery_unfinished
	on pulsehook_delivery (handler, ordering_key, position, replay_id, event_id, status)
	where finished_at is null;
create index pulsehook_delivery_replay on pulsehook_delivery (replay_id, status)
	where finished_at is null and replay_id is not null;
create index pulsehook_delivery_dead on pulsehook_delivery (event_id, handler)
	where status = 'dead';

-- A replay works its way through the events from cursor to last_event.
create table pulsehook_replay (
	id integer primary key autoincrement,
	status text not null,
	request text not null,
	cursor integer not null,
	last_event integer not null,
	events integer not null default 0,
	deliveries integer not null default 0,
	created_at integer not null,
	finished_at integer
);

-- Failed attempts; the successful one is the delivery itself. In order of their writing:
-- texts that are only ever appended are not copied about between pages, where an erasure
-- would not reach the copies.
create table pulsehook_attempt (
	id integer primary key,
	event_id integer not null references pulsehook_event (id) on delete cascade,
	handler text not null,
	run integer not null,
	attempt integer not null,
	started_at integer not null,
	finished_at integer not null,
	error text not null,
	stack_trace text not null,
	unique (event_id, handler, run, attempt)
);

-- The latest known state of each payment order.
create table pulsehook_order (
	ordering_key integer primary key,
	event_id integer not null,
	updated_at integer not null
);

-- The handlers there are and were; types is their record types, separated by commas.
create table pulsehook_handler (
	id text primary key,
	types text not null,
	paused integer not null default 0,
	last_seen integer not null
) without rowid;

-- What arrived, by minute since 1970.
create table pulsehook_minute (
	minute integer not null,
	kind text not null,
	type text not null,
	service text not null,
	result text not null,
	events integer not null,
	primary key (minute, kind, type, service, result)
) without rowid;
