-- What arrived is counted by documented services, and all others as one: what was counted
-- by whatever a sender wrote is added to that. Only such rows are copied, since the copy
-- is in memory.
create temporary table pulsehook_counted as
select * from (
	select minute, kind, type, service, result, events, case
		when lower(trim(service)) = 'live_chat' then 'livechat'
		when lower(trim(service)) in ('',
			'messenger', 'telegram', 'viber', 'instagram', 'livechat', 'whatsapp', 'tiktok',
			'1', '3', '4', '5', '100', '200', '300', '400') then lower(trim(service))
		else 'other' end as code
	from pulsehook_minute)
where code <> service;
delete from pulsehook_minute where (minute, kind, type, service, result) in (
	select minute, kind, type, service, result from pulsehook_counted);
insert into pulsehook_minute (minute, kind, type, service, result, events)
select minute, kind, type, code, result, sum(events) from pulsehook_counted
where true group by minute, kind, type, code, result
on conflict (minute, kind, type, service, result) do update set events = pulsehook_minute.events + excluded.events;
drop table pulsehook_counted;

-- Whether what a replay was asked for names nobody any more. What ended before names
-- somebody until housekeeping has come to it, and so does what a former version ends.
alter table pulsehook_replay add column blanked integer not null default 0;
create index pulsehook_replay_named on pulsehook_replay (id) where blanked = 0;
