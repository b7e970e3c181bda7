-- Nobody writes meanwhile: a transaction takes this row first, and then the others.
update pulsehook_turn set version = version;

-- How many attempts of the run have spent no retry, and since when there are any. What is
-- spent is the difference to attempts, so that the failures which a replica of a former
-- version writes are spent as well.
alter table pulsehook_delivery add column put_offs integer not null default 0;
alter table pulsehook_delivery add column put_off_since bigint;

-- When the attempt began that succeeded, and what the other side answered.
alter table pulsehook_delivery add column started_at bigint;
alter table pulsehook_delivery add column answer text;
alter table pulsehook_attempt add column answer text;
alter table pulsehook_attempt add column put_off integer not null default 0;

-- The first event of the burst that the delivery has been run in.
alter table pulsehook_delivery add column burst bigint;
create index pulsehook_delivery_burst on pulsehook_delivery (burst, handler) where burst is not null;

-- A handler rests by itself while rest_until is set, and afterwards until one delivery, the
-- probe, has succeeded. If rest_since is set alone, it has rested for too long in vain.
alter table pulsehook_handler add column rest_since bigint;
alter table pulsehook_handler add column rest_until bigint;
alter table pulsehook_handler add column rest_reason text;
alter table pulsehook_handler add column rest_probes integer not null default 0;
alter table pulsehook_handler add column probe bigint;

-- Which events of its types a handler takes. A replica of a former version takes all.
alter table pulsehook_subscription add column filter text;

-- When each handler with a rate was last permitted to begin deliveries, oldest first, in
-- microseconds. There is room beside a row, since each claim of such a handler updates it.
create table pulsehook_rate (
	handler text collate "C" primary key references pulsehook_handler (id) on delete cascade,
	permits bigint[] not null
) with (fillfactor = 20);

-- The steps of a delivery that have been done, which a later attempt of the run skips.
create table pulsehook_step (
	event_id bigint not null references pulsehook_event (id) on delete cascade,
	handler text collate "C" not null,
	run integer not null,
	name text not null,
	attempt integer not null,
	result text not null,
	finished_at bigint not null,
	primary key (event_id, handler, run, name)
);
