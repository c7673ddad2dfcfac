create table credit (
    id bigint generated always as identity primary key,
    label text not null unique,
    amount numeric(20, 0) check (amount between 0 and 18446744073709551615),
    created_at timestamptz not null default now()
);
comment on table credit is 'One line per acknowledged commit.';

create table raw_amount (
    id integer primary key,
    amount numeric(20, 0)
);
