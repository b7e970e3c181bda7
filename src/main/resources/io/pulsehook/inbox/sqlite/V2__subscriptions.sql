-- Which handlers take what, as long as a process that has them is alive. One process
-- owns this database, and is runner 0.
create table pulsehook_subscription (
	runner_id integer not null,
	handler text not null,
	types text not null,
	ordered integer not null,
	primary key (runner_id, handler)
) without rowid;

-- Until it is known which handlers there are now, all are taken to be alive.
insert into pulsehook_subscription (runner_id, handler, types, ordered)
select 0, id, types, 1 from pulsehook_handler;

-- Who has a delivery at hand. What the one process here has, it knows in memory.
alter table pulsehook_delivery add column runner_id integer;

-- The trace context of the request that brought the event.
alter table pulsehook_event add column trace text;

-- What is settled once for all.
create table pulsehook_setting (
	name text primary key,
	value text not null
) without rowid;

-- What is to be deleted of the states of orders.
create index pulsehook_order_updated on pulsehook_order (updated_at);
