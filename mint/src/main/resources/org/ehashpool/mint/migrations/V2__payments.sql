-- Invoices that wallets pay and have paid; of the test profile.

-- What makes an invoice that invoice.
alter table melt_quote add column payment_hash bytea not null check (length(payment_hash) = 32);
-- What the payment cost.
alter table melt_quote add column fee_paid numeric(20,0) check (fee_paid between 0 and 18446744073709551615);
alter table melt_quote add constraint melt_quote_paid_complete check ((paid_at is null) = (operation is null)
    and (paid_at is null) = (preimage is null) and (paid_at is null) = (fee_paid is null));

-- An invoice is paid once, whatever quotes there are for it.
create table paid_invoice (
    payment_hash bytea primary key check (length(payment_hash) = 32),
    melt_quote   uuid  not null
);

-- The blank outputs that were signed, in their order.
create table melt_change (
    melt_quote      uuid    not null,
    position        integer not null,
    blinded_message bytea   not null check (length(blinded_message) = 33),
    primary key (melt_quote, position)
);

-- The mint's own invoices, and those that pay themselves next.
create index mint_quote_invoice on mint_quote (request) where method = 'bolt11';
create index mint_quote_due on mint_quote (created_at, id) where method = 'bolt11' and amount_paid = 0;
