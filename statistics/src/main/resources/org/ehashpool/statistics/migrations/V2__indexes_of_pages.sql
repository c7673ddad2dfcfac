-- The minutes that "now" is made of, of all subjects.
create index sample_recent on sample (bucket);

create index rejection_of_downstream on rejection (downstream_id, bucket);
