-- No foreign keys to keyset: their checks lock the one row that every transaction names. Keysets are never deleted.
-- Amounts are numeric(20,0), unsigned 64-bit; sums over many of them are numeric(38,0).

-- The mint itself.
create table mint_status (
    only_row               boolean     primary key default true check (only_row),
    -- 'ehash' or 'test': a database belongs to one profile for ever.
    profile                text        not null,
    -- The mint's public key, derived from the seed: a process with another seed is refused.
    public_key             bytea       not null,
    -- What the database's past is known by: a cluster, a timeline, a restore. Another one may have lost commits.
    cluster                text        not null,
    timeline               bigint      not null,
    restore_mark           text        not null,
    -- Set while nothing may be signed, spent or quoted.
    read_only_since        timestamptz,
    read_only_reason       text,
    -- Set while no new quotes are made.
    quoting_stopped_since  timestamptz,
    quoting_stopped_reason text,
    created_at             timestamptz not null
);

create table unit (
    name              text   primary key,
    -- The unit's step in the derivation path: two units with one step would share their keys.
    derivation_step   bigint not null unique,
    -- What may be owed at most: quotes not yet minted and tokens not yet spent.
    outstanding_limit numeric(20,0) check (outstanding_limit between 0 and 18446744073709551615)
);

create table keyset (
    number           integer     generated always as identity primary key,
    id               bytea       not null unique,
    unit             text        not null references unit,
    derivation_index bigint      not null check (derivation_index between 0 and 2147483647),
    input_fee_ppk    bigint      not null check (input_fee_ppk >= 0),
    -- Seconds since the epoch; after it neither inputs nor outputs.
    final_expiry     bigint,
    active           boolean     not null,
    created_at       timestamptz not null,
    deactivated_at   timestamptz,
    -- Set when commits may have been lost while it was in use: it never becomes active again.
    retired_at       timestamptz,
    unique (unit, derivation_index),
    check (active = (deactivated_at is null)),
    check (retired_at is null or not active)
);

create unique index keyset_one_active on keyset (unit) where active;

create table mint_quote (
    id            uuid          primary key,
    method        text          not null,
    unit          text          not null,
    -- What was to be paid: the share's hash in text, or an invoice.
    request       text          not null,
    amount        numeric(20,0) check (amount between 1 and 18446744073709551615),
    amount_paid   numeric(20,0) not null check (amount_paid between 0 and 18446744073709551615),
    amount_issued numeric(20,0) not null check (amount_issued >= 0),
    locking_key   bytea         check (length(locking_key) = 33),
    -- As it was computed; its text is reversed.
    share_hash    bytea         unique check (length(share_hash) = 32),
    share_count   bigint        check (share_count > 0),
    mined_at      timestamptz,
    description   text,
    -- Seconds since the epoch; of methods that have one.
    expiry        bigint,
    created_at    timestamptz   not null,
    -- Seconds since the epoch, more with every change.
    updated_at    bigint        not null,
    -- The transaction that made the quote. Lookups go by it, for ids are not committed in their own order.
    creation      bigint        not null default (pg_current_xact_id()::text::bigint),
    constraint mint_quote_issued_within_paid check (amount_issued <= amount_paid),
    constraint mint_quote_ehash_complete check (method <> 'ehash'
        or (share_hash is not null and share_count is not null and mined_at is not null and locking_key is not null))
);

-- Lookup by key: the quotes that can still be minted, and all of them.
create index mint_quote_mintable on mint_quote (locking_key, method, creation, id) where amount_issued < amount_paid;
create index mint_quote_by_key on mint_quote (locking_key, method, creation, id) where locking_key is not null;

-- What was done at once. The digest is of everything that was asked: its kind, inputs and outputs in their order.
create table operation (
    id         bigint      generated always as identity primary key,
    kind       text        not null,
    digest     bytea       not null check (length(digest) = 32),
    created_at timestamptz not null
);

-- Which quotes an operation minted from, and how much.
create table quote_issue (
    quote     uuid          not null,
    operation bigint        not null,
    amount    numeric(20,0) not null check (amount between 1 and 18446744073709551615),
    primary key (quote, operation)
);

create table blind_signature (
    blinded_message bytea         primary key check (length(blinded_message) = 33),
    keyset          integer       not null,
    amount          numeric(20,0) not null check (amount between 1 and 18446744073709551615),
    signature       bytea         not null check (length(signature) = 33),
    dleq_e          bytea         not null check (length(dleq_e) = 32),
    dleq_s          bytea         not null check (length(dleq_s) = 32),
    operation       bigint        not null,
    position        integer       not null
);

create table spent_proof (
    y         bytea         primary key check (length(y) = 33),
    keyset    integer       not null,
    amount    numeric(20,0) not null check (amount between 1 and 18446744073709551615),
    -- What unlocked it, for those who wait for a preimage or a signature.
    witness   text,
    operation bigint        not null,
    spent_at  timestamptz   not null
);

-- Payments out of the mint; of the test profile.
create table melt_quote (
    id          uuid          primary key,
    unit        text          not null,
    request     text          not null,
    amount      numeric(20,0) not null check (amount between 1 and 18446744073709551615),
    fee_reserve numeric(20,0) not null check (fee_reserve between 0 and 18446744073709551615),
    expiry      bigint        not null,
    created_at  timestamptz   not null,
    paid_at     timestamptz,
    preimage    text,
    operation   bigint
);

-- Sums, and what was added since they were last folded. keyset 0: the quotes of a unit, before a keyset has a part in them.
create table ledger_total (
    unit   text          not null,
    keyset integer       not null,
    paid   numeric(38,0) not null,
    issued numeric(38,0) not null,
    signed numeric(38,0) not null,
    spent  numeric(38,0) not null,
    fees   numeric(38,0) not null,
    melted numeric(38,0) not null,
    primary key (unit, keyset)
);

create table ledger_delta (
    id     bigint        generated always as identity primary key,
    unit   text          not null,
    keyset integer       not null,
    paid   numeric(38,0) not null,
    issued numeric(38,0) not null,
    signed numeric(38,0) not null,
    spent  numeric(38,0) not null,
    fees   numeric(38,0) not null,
    melted numeric(38,0) not null
);
