-- Nobody writes meanwhile: a transaction takes this row first, and then the others.
update pulsehook_turn set version = version;

-- When the webhook arrived, if its event waited elsewhere until it was stored; null if it
-- was stored as it arrived, and for all that a replica of a former version stores.
alter table pulsehook_event add column arrived_at bigint;
