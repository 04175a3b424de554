-- What was changed at a source for a task: noted before it is done, marked when it is undone. What is not marked is still so.
create table vmferry_source_change (
    migration  varchar(63)              not null,
    vm         varchar(32)              not null,
    generation integer                  not null,
    kind       varchar(16)              not null,
    subject    varchar(255)             not null,
    detail     varchar(255),
    noted      timestamp with time zone not null,
    undone     timestamp with time zone,
    primary key (migration, vm, generation, kind, subject)
);
