-- A hash commits to its header's time, so that it is as unique behind that time as alone. Shares come in about the order
-- of their times: with the time in front, inserts touch the end of the index instead of all of it, whatever its size.
-- As it stands in the header, 32 bits, taken as a signed number.
alter table share add column header_time integer not null default 0;
alter table share alter column header_time drop default;
alter table share drop constraint share_pkey;
alter table share add primary key (tip_id, header_time, hash);
