-- Values of installs' secrets, sealed with a key of the tenant from the vault. What is sealed names the row it is in,
-- so a value that is moved, or whose dates are changed, does not open.
create table tenant_extension_install_secret (
  tenant_id uuid not null,
  install_id uuid not null,
  -- As the manifest writes it.
  name text not null collate "C" check (length(name) between 1 and 64),
  -- Counts the values that the name had.
  version bigint not null check (version > 0),
  sealed_value bytea not null check (octet_length(sealed_value) <= 65536),
  -- Which version of the tenant's key opens it.
  key_version text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (tenant_id, install_id, name),
  foreign key (tenant_id, install_id) references tenant_extension_install on delete cascade
);

alter table tenant_extension_install_secret enable row level security;
alter table tenant_extension_install_secret force row level security;
create policy tenant on tenant_extension_install_secret using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

-- The registry writes values and cannot read one.
grant select (tenant_id, install_id, name, version, created_at, expires_at) on tenant_extension_install_secret to alga_registry;
grant insert, update, delete on tenant_extension_install_secret to alga_registry;
grant select on tenant_extension_install_secret to alga_runner;
