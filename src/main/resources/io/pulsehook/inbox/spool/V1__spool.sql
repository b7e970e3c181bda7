-- The bodies of webhooks that wait to be stored in the inbox. An id is never used twice, so
-- that what was handed over up to an id can be deleted up to it, whenever that succeeds.
-- The body comes last: nobody has to walk through it to find the other columns.
create table pulsehook_spool (
	id integer primary key autoincrement,
	source text not null,
	arrived_at integer not null,
	refused text,
	body blob not null
);

create index pulsehook_spool_refused on pulsehook_spool (id) where refused is not null;

-- A row that is written to find out whether the file can be written again.
create table pulsehook_probe (
	data blob not null
);

insert into pulsehook_probe (data) values (x'00');
