-- The ledger: one row for each accepted share, written before the share is acknowledged.
--
-- No foreign keys: each would cost a look-up and a row lock per share. Shares are written by one program only, in
-- transactions that have made the tip, the account and the node before.
-- Amounts are numeric(20,0), unsigned 64-bit; sums over many of them are numeric(38,0).

-- What shares build on. A hash commits to its previous hash, so that what is unique within a tip is unique over all.
create table tip (
    id            integer     generated always as identity primary key,
    -- As it stands in the header.
    previous_hash bytea       not null unique check (length(previous_hash) = 32),
    first_seen_at timestamptz not null default now()
);

-- Who mined: kept once, because an identity is longer than the rest of a share. The bytes are the miner's own and need
-- not be UTF-8. A share without a worker (extension 0x0002) has an empty one.
create table account (
    id            bigint generated always as identity primary key,
    user_identity bytea  not null,
    worker        bytea  not null default '',
    unique (user_identity, worker)
);

-- The numbers that are the server's part of the extranonce, each leased to one process. A process never gets the number
-- that the one before it had: see docs/pool.md. Times are the database's.
create table node (
    id          integer     primary key check (id between 0 and 65535),
    -- Of the process that holds it or held it last.
    boot        bigint      not null unique,
    leased_at   timestamptz not null,
    lease_until timestamptz not null,
    -- The boot that took over what a process left behind when its lease ended: its carries, and its shares without an
    -- order. A process whose node was taken over can neither renew its lease nor record a share.
    taken_by    bigint
);

-- Each lease of a node id: one per start of a process.
create table boot (
    id         bigint      generated always as identity primary key,
    -- As in the process's log and at /api/v1/state.
    boot_id    text        not null unique,
    node_id    integer     not null,
    started_at timestamptz not null
);

-- Ids of shares are handed out in blocks of 65536, each of which is one process's: they ascend within a node in the order
-- of its commits, and are unique over all nodes.
create sequence share_block;

-- The partitions are ranges of tips, made ahead by the pool: a new one is made apart and then attached, which stops no
-- insert. The unique index has the tip in front, so that inserts touch its end only, whatever its size.
create table share (
    id              bigint        not null,
    tip_id          integer       not null,
    node_id         integer       not null,
    -- (boot, connection_id, channel_id, sequence_number) is how the process that took the share knows it.
    boot            bigint        not null,
    connection_id   bigint        not null,
    channel_id      bigint        not null,
    sequence_number bigint        not null,
    account_id      bigint        not null,
    accepted_at     timestamptz   not null,
    -- Set when the share is bound to an order of a quote.
    order_id        bigint,
    -- False where blocks pay the miner instead of the pool.
    creditable      boolean       not null,
    -- As it was computed; its text is reversed.
    hash            bytea         not null check (length(hash) = 32),
    -- Who is to be paid: nobody if null.
    locking_key     bytea         check (length(locking_key) = 33),
    unit            text,
    -- What is to be paid: nothing if null.
    amount          numeric(20,0) check (amount between 1 and 18446744073709551615),
    -- Expected hashes of the job's target, 2^256 / (target + 1) rounded down.
    work            numeric(78,0) not null check (work >= 1),
    primary key (tip_id, hash),
    constraint share_payable_complete check (amount is null
        or (creditable and locking_key is not null and unit is not null))
) partition by range (tip_id);

-- What is to be paid and not bound to an order yet.
create index share_unordered on share (node_id, id) where amount is not null and order_id is null;

-- What was credited by a node to a key, and what is left over. Each row is written by the one process that holds the
-- node's lease; who takes over from a node that is gone adds the rows to its own.
create table carry (
    node_id     integer       not null,
    locking_key bytea         not null check (length(locking_key) = 33),
    unit        text          not null,
    -- The policy that the rest is of: 'work' or 'leading-zeros'.
    policy      text          not null,
    -- In millionths: of expected hashes (work) or of the unit (leading-zeros).
    carry       numeric(100,0) not null check (carry >= 0),
    -- Sums over the shares in the table share.
    shares      bigint        not null check (shares >= 0),
    amount      numeric(38,0) not null check (amount >= 0),
    updated_at  timestamptz   not null,
    primary key (locking_key, unit, policy, node_id)
    -- Rows are updated over and over: half a page is left for their next versions, so that the index stays as it is.
) with (fillfactor = 50);

-- Carries that nobody added to for long: no longer owed, and here so that the audit can say so.
create table lapsed_carry (
    id          bigint         generated always as identity primary key,
    node_id     integer        not null,
    locking_key bytea          not null check (length(locking_key) = 33),
    unit        text           not null,
    policy      text           not null,
    carry       numeric(100,0) not null check (carry > 0),
    updated_at  timestamptz    not null,
    lapsed_at   timestamptz    not null
);

-- Shares of nobody: no key, or mined solo. Sums of a node.
create table keyless (
    node_id integer        primary key,
    shares  bigint         not null check (shares >= 0),
    work    numeric(100,0) not null check (work >= 0)
);
