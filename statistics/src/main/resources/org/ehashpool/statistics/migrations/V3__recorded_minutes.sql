-- How many minutes of an hour or a day were recorded: what a hashrate is divided by.
alter table sample_hour add column minutes integer not null default 60;
alter table sample_day add column minutes integer not null default 1440;
