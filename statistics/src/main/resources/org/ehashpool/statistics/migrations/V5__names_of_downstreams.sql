-- Of a translator's miner, its connections.
create index downstream_of_user on downstream (sender_id, user_identity);
