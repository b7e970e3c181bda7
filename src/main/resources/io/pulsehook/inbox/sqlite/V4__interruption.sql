-- How often the process ended while a handler was at work on an unfinished delivery, in
-- the run that it is in. Few: a row goes when its delivery is finished.
create table pulsehook_interruption (
	event_id integer not null references pulsehook_event (id) on delete cascade,
	handler text not null,
	run integer not null,
	times integer not null,
	primary key (event_id, handler)
) without rowid;
