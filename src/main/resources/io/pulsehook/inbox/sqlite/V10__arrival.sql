-- When the webhook arrived, if its event waited elsewhere until it was stored; null if it
-- was stored as it arrived.
alter table pulsehook_event add column arrived_at integer;
