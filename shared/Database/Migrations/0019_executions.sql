-- Makes and drops the partitions of the execution log, which needs the rights of an owner: it owns that one table and
-- nothing else, and forced row-level security keeps its rows from it.
do $$
begin
  begin
    create role alga_maintenance nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  exception when duplicate_object or unique_violation then
    null;
  end;
  if not pg_has_role(current_user, 'alga_maintenance', 'usage') then
    execute format('grant alga_maintenance to %I', current_user);
  end if;
end $$;

create schema execution_log authorization alga_maintenance;
grant usage, create on schema public to alga_maintenance;

create table extension_execution_log (
  tenant_id uuid not null,
  started_at timestamptz not null,
  execution_id uuid not null,
  request_id uuid not null,
  trace_id text,
  extension_id text not null,
  install_id uuid not null,
  version_id uuid not null,
  version text not null,
  method text not null,
  -- The manifest's route template, not the path: paths can hold what nobody should log.
  endpoint text not null,
  user_id text,
  status smallint not null,
  -- Wire name of the error code; null for an answer of the guest.
  code text,
  duration_us bigint not null check (duration_us >= 0),
  queue_us bigint not null check (queue_us >= 0),
  fuel bigint not null check (fuel >= 0),
  memory_bytes bigint not null check (memory_bytes >= 0),
  egress_bytes bigint not null check (egress_bytes >= 0),
  logs json,
  -- No foreign keys: a record outlives its install, and is written long after the call.
  primary key (tenant_id, started_at, execution_id)
) partition by range (started_at);
create index extension_execution_log_extension on extension_execution_log (tenant_id, extension_id, started_at desc, execution_id desc);

-- What has no day of its own: nothing, as long as the days are made ahead.
create table execution_log.rest partition of extension_execution_log default;

-- Usage by UTC day and month. It is what quotas and invoices are read from, and outlives the log.
create table extension_quota_usage (
  tenant_id uuid not null,
  extension_id text not null,
  period text not null check (period in ('day', 'month')),
  starts_on date not null,
  invocations bigint not null,
  errors bigint not null,
  duration_us bigint not null,
  egress_bytes bigint not null,
  fuel bigint not null,
  memory_bytes_peak bigint not null,
  -- Calls by duration: see duration_histogram.
  duration_histogram bigint[] not null check (cardinality(duration_histogram) = 15),
  primary key (tenant_id, extension_id, period, starts_on)
);

-- Counts durations in microseconds by the bounds 1, 2.5, 5, 10, 25, 50, 100, 250, 500 ms, 1, 2.5, 5, 10, 30 s; the last is what is longer.
create function duration_histogram(durations bigint[]) returns bigint[]
  language sql immutable parallel safe
  as $$
    select array_agg(calls order by bucket)
    from (
      select bucket, count(duration) as calls
      from generate_series(0, 14) as bucket
      left join unnest(durations) as duration on width_bucket(duration, array[
        1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000, 10000000, 30000000]::bigint[]) = bucket
      group by bucket
    ) as counted
  $$;

alter table extension_execution_log enable row level security;
alter table extension_execution_log force row level security;
create policy tenant on extension_execution_log using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

alter table execution_log.rest enable row level security;
alter table execution_log.rest force row level security;
create policy tenant on execution_log.rest using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

alter table extension_quota_usage enable row level security;
alter table extension_quota_usage force row level security;
create policy tenant on extension_quota_usage using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

-- The runner adds records and learns only which ids were new; what they say it cannot read back.
grant insert, select (tenant_id, execution_id) on extension_execution_log to alga_runner;
grant select, insert, update on extension_quota_usage to alga_runner;
grant select on extension_execution_log, extension_quota_usage to alga_registry;

alter table extension_execution_log owner to alga_maintenance;
alter table execution_log.rest owner to alga_maintenance;
revoke create on schema public from alga_maintenance;

-- Makes the days up to days_ahead after today and drops those that are older than days_kept. Run it once a day as a member of
-- alga_maintenance; a second run changes nothing, and one that was left out costs nothing but the time to move what has no day.
create function maintain_execution_log(today date, days_ahead int, days_kept int) returns void
  language plpgsql
  set search_path = pg_catalog, public
  as $$
declare
  day date;
  name text;
begin
  if days_ahead not between 1 and 366 or days_kept not between 1 and 3660 then
    raise exception 'days_ahead is 1 to 366, days_kept 1 to 3660';
  end if;
  -- One at a time; the lock ends with the transaction.
  perform pg_advisory_xact_lock(hashtextextended('maintain_execution_log', 0));

  -- Row-level security binds the owner too. It is lifted for rows without a day and for this transaction only: the table is
  -- locked as long as it is off, and nobody sees it like that.
  alter table execution_log.rest no force row level security;
  for day in select today + n from generate_series(0, days_ahead) as n loop
    name := 'day_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass('execution_log.' || name) is not null;
    execute format('create table execution_log.%I (like extension_execution_log including all)', name);
    execute format(
      'with moved as (delete from execution_log.rest where started_at >= %1$L and started_at < %2$L returning *) insert into execution_log.%3$I select * from moved',
      day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC', name);
    execute format('alter table execution_log.%I enable row level security', name);
    execute format('alter table execution_log.%I force row level security', name);
    execute format(
      'create policy tenant on execution_log.%I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', name);
    execute format(
      'alter table extension_execution_log attach partition execution_log.%I for values from (%L) to (%L)',
      name, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
  end loop;

  delete from execution_log.rest where started_at < (today - days_kept)::timestamp at time zone 'UTC';
  alter table execution_log.rest force row level security;

  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'execution_log'::regnamespace and c.relkind = 'r' and c.relname ~ '^day_[0-9]{8}$'
      and to_date(substr(c.relname, 5), 'YYYYMMDD') < today - days_kept
  loop
    execute format('drop table execution_log.%I', name);
  end loop;
end $$;

revoke execute on function maintain_execution_log(date, int, int) from public;
grant execute on function maintain_execution_log(date, int, int) to alga_maintenance;
