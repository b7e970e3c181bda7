-- Nobody writes meanwhile: a transaction takes this row first, and then the others.
update pulsehook_turn set version = version;

-- How many deliveries of a replay ended well, and how many died again. What a replica of a
-- former version finishes is in neither.
alter table pulsehook_replay add column succeeded bigint not null default 0;
alter table pulsehook_replay add column failed bigint not null default 0;

-- Who asked for the replay, and the event, if it was asked for one alone.
alter table pulsehook_replay add column asked_by text;
alter table pulsehook_replay add column only_event bigint;

-- The deliveries of a replay, however they ended. Neither column changes when a delivery
-- ends, so that a claim and an outcome cost nothing here.
create index pulsehook_delivery_of_replay on pulsehook_delivery (replay_id, event_id)
	where replay_id is not null;

-- The successful attempt of the latest run is the delivery itself; those of former runs
-- are kept here with the failed ones.
alter table pulsehook_attempt add column succeeded integer not null default 0;

-- What somebody decided about the dead letters of one handler whose errors look alike. The
-- errors themselves can name a person, so that only their hash is here; a note can, too,
-- and is deleted when one of these people is erased.
create table pulsehook_dead_group (
	id bigint generated always as identity primary key,
	handler text collate "C" not null,
	error_hash bytea not null,
	state text not null,
	note text,
	decided_by text,
	decided_at bigint not null,
	unique (handler, error_hash)
);
