-- One row for each connection whose setup was done. A connection's number is unique within a boot of the service.
create table connection (
    boot_id          text        not null,
    connection_id    bigint      not null,
    kind             text        not null,
    peer             text        not null,
    vendor           text        not null,
    protocol         smallint    not null,
    flags            bigint      not null,
    extensions       integer[]   not null,
    connected_at     timestamptz not null,
    disconnected_at  timestamptz,
    close_reason     text,
    frames_received  bigint,
    frames_sent      bigint,
    primary key (boot_id, connection_id)
);

create index connection_connected_at on connection (connected_at);
