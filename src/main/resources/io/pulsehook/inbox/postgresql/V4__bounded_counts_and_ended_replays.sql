-- Nobody writes meanwhile: a transaction takes this row first, and then the others.
update pulsehook_turn set version = version;

-- What arrived is counted by documented services, and all others as one: what was counted
-- by whatever a sender wrote is added to that.
with counted as (
	delete from pulsehook_minute where service <> case
		when lower(trim(service)) = 'live_chat' then 'livechat'
		when lower(trim(service)) in ('',
			'messenger', 'telegram', 'viber', 'instagram', 'livechat', 'whatsapp', 'tiktok',
		'1', '3', '4', '5', '100', '200', '300', '400') then lower(trim(service))
		else 'other' end
	returning minute, kind, type, service, result, events
)
insert into pulsehook_minute (minute, kind, type, service, result, events)
select minute, kind, type, code, result, sum(events) from (
	select minute, kind, type, result, events, case
		when lower(trim(service)) = 'live_chat' then 'livechat'
		when lower(trim(service)) in ('',
			'messenger', 'telegram', 'viber', 'instagram', 'livechat', 'whatsapp', 'tiktok',
		'1', '3', '4', '5', '100', '200', '300', '400') then lower(trim(service))
		else 'other' end as code
	from counted) c
group by minute, kind, type, code, result
on conflict (minute, kind, type, service, result) do update set events = pulsehook_minute.events + excluded.events;

-- Whether what a replay was asked for names nobody any more. What ended before names
-- somebody until housekeeping has come to it, and so does what a replica of a former
-- version ends.
alter table pulsehook_replay add column blanked integer not null default 0;
create index pulsehook_replay_named on pulsehook_replay (id) where blanked = 0;
