-- Operations that were given up are looked at again: their requests may have come late.
create index operation_given_up on operation (mint, next_attempt) where state = 'failed';

-- Quotes that a mint lists and nothing was minted from: they are counted, and bounded.
create index quote_unclaimed on quote (mint) where claimed = 0;
