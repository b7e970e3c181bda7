-- The events of a contact, found by looking into each 1,024 events in turn. In one index
-- over all of them, each event would belong to another page, and its commit would write
-- all of that page: that took half of the writer's time. In this one, new events share a
-- few pages at its end.
drop index pulsehook_event_contact;
create index pulsehook_event_contact_in_thousand on pulsehook_event (id >> 10, contact) where contact is not null;
