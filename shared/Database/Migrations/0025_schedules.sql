-- The schedules of the version that an install runs. A run is a delivery like an event's, so it has its attempts, its dead
-- letters and its order; this table only says when the next one is due.
create table extension_schedule (
  tenant_id uuid not null,
  install_id uuid not null,
  name text not null collate "C" check (length(name) between 1 and 64),
  version_id uuid not null references extension_version,
  cron text not null,
  time_zone text not null,
  missed_runs text not null check (missed_runs in ('once', 'skip')),
  -- Method and path of an endpoint, or a topic for the event handler.
  method text,
  path text,
  topic text,
  paused_at timestamptz,
  paused_by text,
  -- Null while it does not run: paused, or the install is not enabled.
  next_run_at timestamptz,
  last_run_at timestamptz,
  -- The last time that was left out: missed, or the run before was not done yet.
  last_skipped_at timestamptz,
  primary key (tenant_id, install_id, name),
  foreign key (tenant_id, install_id) references tenant_extension_install on delete cascade,
  check ((method is null) = (path is null) and (method is null) <> (topic is null)),
  check ((paused_at is null) = (paused_by is null) and (paused_at is null or next_run_at is null))
);
create index extension_schedule_due on extension_schedule (tenant_id, next_run_at) where next_run_at is not null;

alter table extension_schedule enable row level security;
alter table extension_schedule force row level security;
create policy tenant on extension_schedule using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select, insert, update, delete on extension_schedule to alga_registry;
grant select, update (next_run_at, last_run_at, last_skipped_at) on extension_schedule to alga_gateway;
-- Installs from before this migration have no schedules: no manifest could declare one.
