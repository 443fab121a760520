create table extension_storage_entry (
  tenant_id uuid not null,
  extension_id text not null references extension_registry,
  namespace text not null collate "C" check (length(namespace) between 1 and 64),
  -- Collation "C": a prefix scan is an index range, in byte order.
  key text not null collate "C" check (octet_length(key) between 1 and 512),
  -- json, not jsonb: what an extension reads is byte for byte what it wrote.
  value json not null,
  revision bigint not null check (revision > 0),
  expires_at timestamptz,
  updated_at timestamptz not null,
  primary key (tenant_id, extension_id, namespace, key)
);
create index extension_storage_entry_expiry on extension_storage_entry (tenant_id, expires_at) where expires_at is not null;

alter table extension_storage_entry enable row level security;
alter table extension_storage_entry force row level security;
create policy tenant on extension_storage_entry using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select, insert, update, delete on extension_storage_entry to alga_runner;
