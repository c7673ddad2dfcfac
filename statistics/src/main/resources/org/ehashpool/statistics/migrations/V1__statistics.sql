-- What services told, and the figures that follow from it. An event and its effects are one transaction, in which the
-- boot's last_seq rises: nothing is counted twice, and nothing that was acknowledged is missing.
--
-- Amounts and work are unsigned: numeric(20,0) for an amount, numeric(38,0) for a sum of amounts, numeric(78,0) for work
-- in hashes. The partitions of partitioned tables are days in UTC (sample_hour: months), made ahead and dropped by the
-- service.

-- Who tells: a process's name, which outlives the process.
create table sender (
    id            integer     generated always as identity primary key,
    service       text        not null,
    instance      text        not null,
    first_seen_at timestamptz not null,
    -- Where it says that it answers; null where nobody may ask.
    health_url    text,
    state_url     text,
    unique (service, instance)
);

-- A sender's process: what sequence numbers belong to.
create table boot (
    id            integer     generated always as identity primary key,
    sender_id     integer     not null references sender,
    boot_id       text        not null,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    -- Everything up to here is kept, or was declared as missing.
    last_seq      bigint      not null check (last_seq >= 0),
    -- Its last event said that it stops.
    ended         boolean     not null default false,
    unique (sender_id, boot_id)
);

-- What never came. A later boot of the same sender that begins when this one has not ended makes a gap of unknown length.
create table gap (
    id         bigint      generated always as identity primary key,
    boot       integer     not null references boot,
    from_seq   bigint      not null,
    -- Null: nobody knows.
    to_seq     bigint,
    noticed_at timestamptz not null,
    unique (boot, from_seq)
);

-- What was told, as it came. Heartbeats are without their details.
create table event (
    boot        integer     not null,
    seq         bigint      not null,
    -- By the sender's clock.
    at          timestamptz not null,
    -- By ours: what the partitions are by.
    received_at timestamptz not null,
    -- What it is counted under: at, or received_at where the sender's clock cannot be right.
    counted_at  timestamptz not null,
    type        text        not null,
    -- False: of a type that this version does not know. Nothing was counted.
    known       boolean     not null,
    body        jsonb       not null
) partition by range (received_at);

create table unknown_event (
    sender_id integer     not null references sender,
    type      text        not null,
    count     bigint      not null,
    last_at   timestamptz not null,
    primary key (sender_id, type)
);

-- What is known of a sender's health, from its heartbeats and from asking it. One row for each sender or address that
-- the configuration names.
create table service (
    id                integer     generated always as identity primary key,
    -- Null where only the configuration knows it.
    sender_id         integer     unique references sender,
    name              text        not null,
    instance          text        not null,
    health_url        text,
    state_url         text,
    -- Of the last heartbeat.
    state             text,
    version           text,
    details           jsonb,
    started_at        timestamptz,
    last_heartbeat_at timestamptz,
    -- The sender's clock less ours, in milliseconds, at the last heartbeat.
    clock_ahead       bigint,
    -- Of the last time it was asked.
    polled_at         timestamptz,
    answered_at       timestamptz,
    poll_error        text,
    unique (name, instance)
);

-- What samples are of. 0 is the whole.
create sequence subject;

-- A peer of a service, whichever connection it has: kind, vendor and, as far as it names itself, user; by its host where
-- it does not.
create table downstream (
    id             bigint        primary key default nextval('subject'),
    sender_id      integer       not null references sender,
    kind           text          not null,
    vendor         text          not null default '',
    user_identity  text          not null default '',
    host           text          not null default '',
    first_seen_at  timestamptz   not null,
    -- Of any message about it.
    last_active_at timestamptz   not null,
    -- Of its whole life.
    sessions       bigint        not null default 0,
    accepted       bigint        not null default 0,
    rejected       bigint        not null default 0,
    work           numeric(78,0) not null default 0,
    last_share_at  timestamptz,
    unique (sender_id, kind, vendor, user_identity, host)
);

-- A connection of a downstream.
create table session (
    id              bigint        generated always as identity primary key,
    downstream_id   bigint        not null references downstream,
    boot            integer       not null references boot,
    -- What the sender calls it.
    number          bigint        not null,
    peer            text,
    flags           bigint        not null,
    connected_at    timestamptz   not null,
    disconnected_at timestamptz,
    -- Why it ended; 'unknown' where its boot was gone.
    reason          text,
    last_active_at  timestamptz   not null,
    accepted        bigint        not null default 0,
    rejected        bigint        not null default 0,
    work            numeric(78,0) not null default 0,
    last_share_at   timestamptz,
    unique (boot, number)
);

create index session_of_downstream on session (downstream_id, connected_at desc);
create index session_open on session (boot) where disconnected_at is null;

-- Whom shares are for: a user_identity at a service, on whichever channel.
create table miner (
    id             bigint        primary key default nextval('subject'),
    sender_id      integer       not null references sender,
    user_identity  text          not null,
    first_seen_at  timestamptz   not null,
    last_active_at timestamptz   not null,
    accepted       bigint        not null default 0,
    rejected       bigint        not null default 0,
    work           numeric(78,0) not null default 0,
    last_share_at  timestamptz,
    unique (sender_id, user_identity)
);

create table channel (
    id               bigint           generated always as identity primary key,
    session_id       bigint           not null references session on delete cascade,
    miner_id         bigint           not null references miner,
    -- What the sender calls it.
    number           bigint           not null,
    kind             text             not null,
    nominal_hashrate double precision not null,
    opened_at        timestamptz      not null,
    closed_at        timestamptz,
    reason           text,
    accepted         bigint           not null default 0,
    rejected         bigint           not null default 0,
    work             numeric(78,0)    not null default 0,
    last_share_at    timestamptz
);

create unique index channel_open on channel (session_id, number) where closed_at is null;
create index channel_of_session on channel (session_id);
create index channel_of_miner on channel (miner_id, opened_at desc);

-- Shares of a subject in the minute that begins at bucket. Events add to it, also when they come late; for subjects that
-- are quiet a task adds zeros. The hashrate is work / 60 s.
create table sample (
    bucket   timestamptz   not null,
    subject  bigint        not null,
    accepted bigint        not null,
    rejected bigint        not null,
    work     numeric(78,0) not null,
    -- Hashes per second, where a service that sees no work measured them.
    reported double precision,
    primary key (subject, bucket)
) partition by range (bucket);

-- The same for hours, of the minutes within.
create table sample_hour (
    bucket   timestamptz   not null,
    subject  bigint        not null,
    accepted bigint        not null,
    rejected bigint        not null,
    work     numeric(78,0) not null,
    -- Of the minutes, in hashes per second.
    peak     double precision not null,
    low      double precision not null,
    primary key (subject, bucket)
) partition by range (bucket);

create table sample_day (
    bucket   timestamptz   not null,
    subject  bigint        not null,
    accepted bigint        not null,
    rejected bigint        not null,
    work     numeric(78,0) not null,
    peak     double precision not null,
    low      double precision not null,
    primary key (subject, bucket)
);

-- Hours whose minutes changed since they were rolled up.
create table stale_hour (
    bucket timestamptz primary key
);

create table rejection (
    bucket        timestamptz not null,
    downstream_id bigint      not null,
    reason        text        not null,
    count         bigint      not null,
    primary key (bucket, downstream_id, reason)
) partition by range (bucket);

-- By the minute. Amounts are sums.
create table quote_history (
    bucket         timestamptz   not null,
    sender_id      integer       not null,
    -- Empty where the sender is the mint.
    mint           text          not null,
    unit           text          not null,
    created        bigint        not null,
    created_amount numeric(38,0) not null,
    issued         bigint        not null,
    issued_amount  numeric(38,0) not null,
    primary key (bucket, sender_id, mint, unit)
) partition by range (bucket);

-- Of the whole time, whatever is dropped of the history.
create table quote_total (
    sender_id      integer       not null references sender,
    mint           text          not null,
    unit           text          not null,
    created        bigint        not null,
    created_amount numeric(38,0) not null,
    issued         bigint        not null,
    issued_amount  numeric(38,0) not null,
    failed         bigint        not null,
    failed_amount  numeric(38,0) not null,
    primary key (sender_id, mint, unit)
);

create table quote_failure (
    bucket    timestamptz   not null,
    sender_id integer       not null,
    mint      text          not null,
    unit      text          not null,
    reason    text          not null,
    count     bigint        not null,
    amount    numeric(38,0) not null,
    primary key (bucket, sender_id, mint, unit, reason)
) partition by range (bucket);

create table block (
    hash          text        primary key,
    height        bigint,
    sender_id     integer     not null references sender,
    downstream_id bigint,
    user_identity text,
    -- 'found', 'confirmed' or 'orphaned'.
    state         text        not null,
    confirmations bigint      not null default 0,
    found_at      timestamptz not null,
    changed_at    timestamptz not null
);

create index block_found on block (found_at desc);

create table balance (
    sender_id integer       not null references sender,
    mint      text          not null,
    unit      text          not null,
    amount    numeric(20,0) not null,
    at        timestamptz   not null,
    primary key (sender_id, mint, unit)
);

-- The last balance of each minute.
create table balance_history (
    bucket    timestamptz   not null,
    sender_id integer       not null,
    mint      text          not null,
    unit      text          not null,
    amount    numeric(20,0) not null,
    primary key (bucket, sender_id, mint, unit)
) partition by range (bucket);

-- Up to where quiet subjects have their zeros.
create table sampling (
    only_row    boolean     primary key default true check (only_row),
    sampled_to  timestamptz
);

insert into sampling default values;

-- Which process writes. A group of events is written by the holder only; another process takes over when the holder has
-- not been heard of for some seconds.
create table writer (
    only_row   boolean     primary key default true check (only_row),
    holder     text,
    renewed_at timestamptz
);

insert into writer default values;
