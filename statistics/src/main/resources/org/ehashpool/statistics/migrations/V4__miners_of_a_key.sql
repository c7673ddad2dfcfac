-- A miner that is named for a key: KEY, or KEY.worker.
create index miner_of_key on miner ("left"(lower(user_identity), 66));
