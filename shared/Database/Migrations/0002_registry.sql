create table publisher (
  publisher_id text primary key check (length(publisher_id) between 2 and 64),
  display_name text not null,
  created_at timestamptz not null
);

create table extension_registry (
  extension_id text primary key check (length(extension_id) between 3 and 128),
  publisher_id text not null references publisher,
  display_name text not null check (length(display_name) between 1 and 128),
  created_at timestamptz not null
);
create index extension_registry_publisher on extension_registry (publisher_id);

create table extension_bundle (
  content_hash text primary key check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes > 0),
  created_at timestamptz not null,
  -- When a tenant last installed a version with this bundle: the runner loads the latest ahead of the first request.
  last_installed_at timestamptz
);
create index extension_bundle_last_installed on extension_bundle (last_installed_at desc) where last_installed_at is not null;

create table extension_version (
  version_id uuid primary key,
  extension_id text not null references extension_registry,
  version text not null,
  content_hash text not null references extension_bundle,
  -- The bundle's own manifest.json, byte for byte.
  manifest json not null,
  published_by text not null,
  published_at timestamptz not null,
  unique (extension_id, version),
  unique (extension_id, version_id)
);

grant select, insert, update on publisher, extension_registry, extension_bundle to alga_registry;
-- A published version is immutable, so nobody may update one.
grant select, insert on extension_version to alga_registry;
grant select on extension_version to alga_gateway;
grant select (content_hash, last_installed_at) on extension_bundle to alga_runner;
