-- Our own tables, beside Spring Batch's. The same text runs on H2 and PostgreSQL.

-- One call of "vmferry migrate" or "vmferry import".
create table vmferry_run (
    id         varchar(40)              not null primary key,
    migration  varchar(63)              not null,
    plan_hash  varchar(64)              not null,
    plan       text                     not null,
    state      varchar(16)              not null,
    started    timestamp with time zone not null,
    finished   timestamp with time zone
);

-- One VM of a migration in one generation: one job instance. A changed plan, or a finished VM that is gone from the
-- target, begins a new generation.
create table vmferry_task (
    migration  varchar(63)              not null,
    vm         varchar(32)              not null,
    generation integer                  not null,
    plan_hash  varchar(64)              not null,
    plan       text                     not null,
    state      varchar(16)              not null,
    started    timestamp with time zone,
    finished   timestamp with time zone,
    objects    text                     not null,
    failure    text,
    primary key (migration, vm, generation)
);

-- What a run had to do with each VM, and how that ended for this run.
create table vmferry_run_task (
    run        varchar(40)              not null references vmferry_run (id),
    ordinal    integer                  not null,
    vm         varchar(32)              not null,
    generation integer                  not null,
    state      varchar(16)              not null,
    primary key (run, vm)
);

create table vmferry_step (
    migration  varchar(63)              not null,
    vm         varchar(32)              not null,
    generation integer                  not null,
    step       varchar(32)              not null,
    ordinal    integer                  not null,
    state      varchar(16)              not null,
    started    timestamp with time zone,
    finished   timestamp with time zone,
    primary key (migration, vm, generation, step)
);

create table vmferry_disk (
    migration     varchar(63)           not null,
    vm            varchar(32)           not null,
    generation    integer               not null,
    disk          varchar(16)           not null,
    state         varchar(16)           not null,
    target_path   text                  not null,
    at_byte       bigint                not null,
    bytes_read    bigint                not null,
    bytes_written bigint                not null,
    digest        varchar(128),
    proof         text                  not null,
    seconds       double precision      not null,
    primary key (migration, vm, generation, disk)
);

-- Answers of a person at the gates of an assisted import.
create table vmferry_gate (
    migration  varchar(63)              not null,
    vm         varchar(32)              not null,
    generation integer                  not null,
    gate       varchar(32)              not null,
    approved   timestamp with time zone not null,
    primary key (migration, vm, generation, gate)
);
