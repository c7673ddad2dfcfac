-- Amounts are numeric(20,0), unsigned 64-bit. Outputs are kept as counters: their secrets follow from the seed.

create table wallet_status (
    only_row   boolean     primary key default true check (only_row),
    -- The seed's first locking key: a process with another seed is refused.
    first_key  bytea       not null check (length(first_key) = 33),
    created_at timestamptz not null
);

create table mint (
    url        text        primary key,
    -- What its /v1/info says, or the configuration pins. It never changes.
    public_key bytea       not null check (length(public_key) = 33),
    added_at   timestamptz not null
);

create table keyset (
    id            bytea   primary key,
    mint          text    not null references mint,
    unit          text    not null,
    input_fee_ppk bigint  not null check (input_fee_ppk >= 0),
    -- Seconds since the epoch.
    final_expiry  bigint,
    active        boolean not null,
    -- JSON: amounts and their keys, which the id belongs to.
    keys          text    not null,
    -- The first counter that no output has had.
    next_counter  bigint  not null default 0 check (next_counter >= 0)
);

create index keyset_of_mint on keyset (mint, unit);

-- Keys that quotes are locked to; the newest is in use.
create table locking_key (
    key_index  bigint      primary key check (key_index between 0 and 2147483647),
    public_key bytea       not null unique check (length(public_key) = 33),
    created_at timestamptz not null
);

create table operation (
    id              uuid          primary key,
    kind            text          not null check (kind in ('claim', 'send', 'receive', 'reclaim', 'consolidate', 'restore')),
    state           text          not null check (state in ('open', 'done', 'failed')),
    mint            text          not null references mint,
    unit            text          not null,
    amount          numeric(20,0) not null check (amount between 0 and 18446744073709551615),
    fee             numeric(20,0) not null check (fee between 0 and 18446744073709551615),
    idempotency_key text          unique,
    -- The send that is taken back.
    reclaims        uuid          references operation,
    attempts        integer       not null default 0,
    next_attempt    timestamptz   not null,
    problem         text,
    created_at      timestamptz   not null,
    updated_at      timestamptz   not null
);

create index operation_open on operation (mint, next_attempt) where state = 'open';
create index operation_history on operation (created_at desc, id desc);

-- What an operation asks a mint to sign: written before the request is sent, and sent again as it is.
create table output (
    operation uuid          not null references operation,
    position  integer       not null,
    keyset    bytea         not null references keyset,
    counter   bigint        not null,
    amount    numeric(20,0) not null check (amount between 1 and 18446744073709551615),
    -- For a token, not for the wallet itself.
    sent      boolean       not null,
    primary key (operation, position),
    unique (keyset, counter)
);

create table proof (
    y          bytea         primary key check (length(y) = 33),
    keyset     bytea         not null references keyset,
    amount     numeric(20,0) not null check (amount between 1 and 18446744073709551615),
    secret     text          not null,
    point      bytea         not null check (length(point) = 33),
    dleq_e     bytea         check (length(dleq_e) = 32),
    dleq_s     bytea         check (length(dleq_s) = 32),
    blinding   bytea         check (length(blinding) = 32),
    -- unspent; reserved: in a token that nobody has claimed; pending: an open operation's input; spent.
    state      text          not null check (state in ('unspent', 'reserved', 'pending', 'spent')),
    made_by    uuid          references operation,
    -- Of a token that is being received: not this wallet's own until it is swapped.
    incoming   boolean       not null default false,
    sent_by    uuid          references operation,
    used_by    uuid          references operation,
    created_at timestamptz   not null,
    updated_at timestamptz   not null,
    check (state <> 'pending' or used_by is not null),
    check (state <> 'reserved' or sent_by is not null),
    check ((dleq_e is null) = (dleq_s is null) and (dleq_e is null) = (blinding is null))
);

create index proof_present on proof (keyset, state) where state <> 'spent';
create index proof_sent on proof (sent_by) where sent_by is not null;
create index proof_used on proof (used_by) where used_by is not null;

create table quote (
    mint        text          not null references mint,
    id          text          not null,
    unit        text          not null,
    -- Whose it is; a key of the seed, or one that was given.
    locking_key bytea         not null check (length(locking_key) = 33),
    -- What was paid for, of method ehash the share's hash.
    request     text          not null,
    amount_paid numeric(20,0) not null check (amount_paid between 0 and 18446744073709551615),
    claimed     numeric(20,0) not null check (claimed between 0 and 18446744073709551615),
    -- The open operation that mints from it, and for how much.
    operation   uuid          references operation,
    claiming    numeric(20,0) check (claiming between 1 and 18446744073709551615),
    position    integer,
    -- A batch with it was refused: it is minted by itself.
    single      boolean       not null default false,
    problem     text,
    seen_at     timestamptz   not null,
    primary key (mint, id),
    check ((operation is null) = (claiming is null) and (operation is null) = (position is null))
);

create index quote_operation on quote (operation) where operation is not null;
