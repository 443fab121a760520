-- Executions that can be run again: what was asked, what the host answered, how it ended. Off unless a tenant's admin turns it on.
alter table tenant_extension_install
  add column recording_mode text not null default 'off' check (recording_mode in ('off', 'on-error', 'sampled')),
  -- Of the executions, for sampled.
  add column recording_percent smallint check (recording_percent between 1 and 100),
  -- For how long a recording is kept.
  add column recording_days smallint not null default 7 check (recording_days between 1 and 30),
  add check ((recording_mode = 'sampled') = (recording_percent is not null));

create table execution_recording (
  tenant_id uuid not null,
  execution_id uuid not null,
  install_id uuid not null,
  -- Compressed, and sealed with a key of the tenant. What is sealed names the row it is in.
  sealed bytea not null check (octet_length(sealed) <= 2097152),
  -- Which version of the tenant's key opens it.
  key_version text not null,
  recorded_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, execution_id),
  foreign key (tenant_id, install_id) references tenant_extension_install on delete cascade
);
create index execution_recording_install on execution_recording (tenant_id, install_id);
create index execution_recording_expiry on execution_recording (tenant_id, expires_at);

-- Which tenants have, or may get, recordings that expire. It stands in the platform's scope, as install_purge does.
create table recording_agenda (
  tenant_id uuid not null check (tenant_id = '00000000-0000-0000-0000-000000000000'),
  owner_id uuid not null,
  -- When recording was last turned on, changed or turned off in this tenant.
  noted_at timestamptz not null,
  primary key (tenant_id, owner_id)
);

do $$
declare
  name text;
begin
  foreach name in array array['execution_recording', 'recording_agenda'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', name);
  end loop;
end $$;

-- The runner adds recordings and cannot read one back.
grant insert, select (tenant_id, execution_id) on execution_recording to alga_runner;
grant select, delete on execution_recording to alga_registry;
grant select, insert, update, delete on recording_agenda to alga_registry;
