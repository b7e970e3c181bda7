-- Nobody writes meanwhile: a transaction takes this row first, and then the others.
update pulsehook_turn set version = version;

-- How often a replica ended while it had an unfinished delivery at hand, in the run that
-- it is in, and which one was the last. Few: a row goes when its delivery is finished.
create table pulsehook_interruption (
	event_id bigint not null references pulsehook_event (id) on delete cascade,
	handler text collate "C" not null,
	run integer not null,
	times integer not null,
	runner_id bigint,
	primary key (event_id, handler)
);

-- Whether a replica ended in order, with handlers that did not: none of what it had is to
-- blame for that.
alter table pulsehook_runner add column farewell boolean not null default false;
