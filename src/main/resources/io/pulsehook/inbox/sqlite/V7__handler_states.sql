-- How many attempts of the run have spent no retry, and since when there are any. What is
-- spent is the difference to attempts, so that the failures which a former version writes
-- are spent as well.
alter table pulsehook_delivery add column put_offs integer not null default 0;
alter table pulsehook_delivery add column put_off_since integer;

-- When the attempt began that succeeded, and what the other side answered.
alter table pulsehook_delivery add column started_at integer;
alter table pulsehook_delivery add column answer text;
alter table pulsehook_attempt add column answer text;
alter table pulsehook_attempt add column put_off integer not null default 0;

-- The first event of the burst that the delivery has been run in.
alter table pulsehook_delivery add column burst integer;
create index pulsehook_delivery_burst on pulsehook_delivery (burst, handler) where burst is not null;

-- A handler rests by itself while rest_until is set, and afterwards until one delivery, the
-- probe, has succeeded. If rest_since is set alone, it has rested for too long in vain.
alter table pulsehook_handler add column rest_since integer;
alter table pulsehook_handler add column rest_until integer;
alter table pulsehook_handler add column rest_reason text;
alter table pulsehook_handler add column rest_probes integer not null default 0;

-- Which events of its types a handler takes.
alter table pulsehook_subscription add column filter text;

-- The steps of a delivery that have been done, which a later attempt of the run skips. In
-- order of their writing, since an erasure would not reach copies of their results.
create table pulsehook_step (
	id integer primary key,
	event_id integer not null references pulsehook_event (id) on delete cascade,
	handler text not null,
	run integer not null,
	name text not null,
	attempt integer not null,
	result text not null,
	finished_at integer not null,
	unique (event_id, handler, run, name)
);
