-- Operations that were given up are looked at again: their requests may have come late.
create index operation_given_up on operation (mint, next_attempt) where state = 'failed';
