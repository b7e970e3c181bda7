-- How many deliveries of a replay ended well, and how many died again. What a former
-- version finished is in neither.
alter table pulsehook_replay add column succeeded integer not null default 0;
alter table pulsehook_replay add column failed integer not null default 0;

-- Who asked for the replay, and the event, if it was asked for one alone.
alter table pulsehook_replay add column asked_by text;
alter table pulsehook_replay add column only_event integer;

-- The deliveries of a replay, however they ended. Neither column changes when a delivery
-- ends, so that a claim and an outcome cost nothing here.
create index pulsehook_delivery_of_replay on pulsehook_delivery (replay_id, event_id)
	where replay_id is not null;

-- The successful attempt of the latest run is the delivery itself; those of former runs
-- are kept here with the failed ones.
alter table pulsehook_attempt add column succeeded integer not null default 0;

-- What somebody decided about the dead letters of one handler whose errors look alike. The
-- errors themselves can name a person, so that only their hash is here; a note can, too,
-- and is deleted when one of these people is erased. In order of their writing, since an
-- erasure would not reach copies of their notes.
create table pulsehook_dead_group (
	id integer primary key,
	handler text not null,
	error_hash blob not null,
	state text not null,
	note text,
	decided_by text,
	decided_at integer not null,
	unique (handler, error_hash)
);
