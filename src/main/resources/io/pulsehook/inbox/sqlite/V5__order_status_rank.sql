-- How far the status is of the event that an order's latest state is from: of two states
-- with the same time, the further one is the later. It counts only while ranked_event_id
-- is event_id: a former version writes the event without its rank, which is then taken
-- for the lowest.
alter table pulsehook_order add column status_rank integer not null default 0;
alter table pulsehook_order add column ranked_event_id integer;
