create table tenant_extension_install (
  tenant_id uuid not null,
  install_id uuid not null,
  extension_id text not null references extension_registry,
  version_id uuid not null,
  status text not null check (status in ('enabled', 'disabled')),
  granted_capabilities text[] not null,
  granted_egress text[] not null,
  -- Grows by one with each change; the ETag of the install.
  revision bigint not null default 1,
  installed_by text not null,
  installed_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, install_id),
  unique (tenant_id, extension_id),
  -- Both columns: a version of another extension cannot be installed under this one's name.
  foreign key (extension_id, version_id) references extension_version (extension_id, version_id)
);

create table tenant_extension_install_config (
  tenant_id uuid not null,
  install_id uuid not null,
  config json not null,
  updated_at timestamptz not null,
  primary key (tenant_id, install_id),
  foreign key (tenant_id, install_id) references tenant_extension_install on delete cascade
);

create table audit_log (
  -- What concerns no tenant, such as a publish, stands under the nil UUID, which no tenant can have.
  tenant_id uuid not null,
  audit_id uuid not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  target text not null,
  request_id uuid not null,
  before json,
  after json,
  primary key (tenant_id, audit_id)
);
create index audit_log_tenant_at on audit_log (tenant_id, at desc);

alter table tenant_extension_install enable row level security;
alter table tenant_extension_install force row level security;
create policy tenant on tenant_extension_install using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

alter table tenant_extension_install_config enable row level security;
alter table tenant_extension_install_config force row level security;
create policy tenant on tenant_extension_install_config using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy tenant on audit_log using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select, insert, update, delete on tenant_extension_install, tenant_extension_install_config to alga_registry;
grant select on tenant_extension_install, tenant_extension_install_config to alga_gateway;
-- An audit log is only ever added to.
grant select, insert on audit_log to alga_registry;
