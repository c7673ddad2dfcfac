-- The outbox: orders of quotes. A share with an amount is bound to one order (share.order_id), and an order to one mint,
-- before the first byte of its request is sent. What is open here is sent again after every crash, with the same identity.

-- Mints that were connected once: where wallets find them, also while they are away.
create table mint (
    -- The x of the mint's public key.
    key           bytea       primary key check (length(key) = 32),
    url           text        not null,
    first_seen_at timestamptz not null default now(),
    last_seen_at  timestamptz not null default now()
);

create table quote_order (
    id          bigint        generated always as identity primary key,
    -- Whose outbox sends it: the process that holds the node's lease, or took the node over.
    node_id     integer       not null,
    -- Null only while the order waits for a mint other than the one it was taken from.
    mint_key    bytea         check (length(mint_key) = 32),
    -- Of the newest of its shares: the order's identity at the mint.
    share_hash  bytea         not null unique check (length(share_hash) = 32),
    share_count bigint        not null check (share_count between 1 and 4294967295),
    amount      numeric(20,0) not null check (amount between 1 and 18446744073709551615),
    unit        text          not null,
    locking_key bytea         not null check (length(locking_key) = 33),
    mined_at    timestamptz   not null,
    -- bound: to be sent. refused: the mint said no for good, which is an alarm; it is asked again all the same, slowly.
    -- quoted: done. unbound: taken from a mint that is lost; waits for another one.
    state       text          not null default 'bound' check (state in ('bound', 'refused', 'quoted', 'unbound')),
    quote_id    text,
    error       text,
    -- Refusals for good.
    attempts    integer       not null default 0,
    bound_at    timestamptz   not null default now(),
    -- Not to be sent before.
    due_at      timestamptz   not null default now(),
    quoted_at   timestamptz,
    constraint quote_order_bound check ((state = 'unbound') = (mint_key is null)),
    constraint quote_order_quoted check (state <> 'quoted' or (quote_id is not null and quoted_at is not null))
);

create index quote_order_open on quote_order (node_id, id) where state <> 'quoted';

create index quote_order_quoted_at on quote_order (quoted_at) where state = 'quoted';

-- What an operator did to orders, for the audit.
create table order_intervention (
    id       bigint        generated always as identity primary key,
    at       timestamptz   not null default now(),
    kind     text          not null check (kind in ('reassigned', 'resent')),
    -- The mint that is lost, or that was restored.
    mint_key bytea         not null check (length(mint_key) = 32),
    -- Of resending: orders that were quoted from then on.
    since    timestamptz,
    reason   text          not null,
    orders   bigint        not null,
    amount   numeric(38,0) not null
);

-- Orders that were taken from a mint: should it come back, it may hold a quote that another one holds as well.
create table reassigned_order (
    order_id     bigint not null,
    intervention bigint not null,
    mint_key     bytea  not null check (length(mint_key) = 32),
    primary key (order_id, intervention)
);
