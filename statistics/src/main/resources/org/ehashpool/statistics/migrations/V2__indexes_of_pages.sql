-- Rows come in the order of time, so that a few pages hold the minutes that "now" is made of.
create index sample_recent on sample using brin (bucket) with (pages_per_range = 16);

create index rejection_of_downstream on rejection (downstream_id, bucket);
