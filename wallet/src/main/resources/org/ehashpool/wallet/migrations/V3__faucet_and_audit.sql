-- Tokens that the faucet makes are told apart from the operator's.
alter table operation drop constraint operation_kind_check;
alter table operation add constraint operation_kind_check
    check (kind in ('claim', 'send', 'receive', 'reclaim', 'consolidate', 'restore', 'faucet'));

-- What the faucet was asked for, counted before anything is sent; kept for as long as it counts.
create table faucet_gift (
    id              uuid          primary key,
    -- An IPv4 address, or the upper half of an IPv6 one.
    recipient       text          not null,
    -- The recipient's own: the same one again is the same gift.
    idempotency_key text          not null,
    amount          numeric(20,0) not null check (amount between 1 and 18446744073709551615),
    given_at        timestamptz   not null,
    unique (recipient, idempotency_key)
);

create index faucet_gift_time on faucet_gift (given_at);

-- A share's hash in the bytes as they were computed, which mints' extracts are in the order of; the request has them
-- reversed and in hex.
alter table quote add column share_hash bytea generated always as (
    case when request ~ '^[0-9a-f]{64}$' then decode(
            substr(request, 63, 2) || substr(request, 61, 2) || substr(request, 59, 2) || substr(request, 57, 2) ||
            substr(request, 55, 2) || substr(request, 53, 2) || substr(request, 51, 2) || substr(request, 49, 2) ||
            substr(request, 47, 2) || substr(request, 45, 2) || substr(request, 43, 2) || substr(request, 41, 2) ||
            substr(request, 39, 2) || substr(request, 37, 2) || substr(request, 35, 2) || substr(request, 33, 2) ||
            substr(request, 31, 2) || substr(request, 29, 2) || substr(request, 27, 2) || substr(request, 25, 2) ||
            substr(request, 23, 2) || substr(request, 21, 2) || substr(request, 19, 2) || substr(request, 17, 2) ||
            substr(request, 15, 2) || substr(request, 13, 2) || substr(request, 11, 2) || substr(request, 9, 2) ||
            substr(request, 7, 2) || substr(request, 5, 2) || substr(request, 3, 2) || substr(request, 1, 2), 'hex') end) stored;

create index quote_share on quote (share_hash) where share_hash is not null;
