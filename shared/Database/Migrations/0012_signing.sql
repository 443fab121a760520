-- Keys of publishers that the registry holds, and restrictions on keys that it does not.
create table publisher_key (
  publisher_id text not null references publisher,
  key_id text not null check (key_id ~ '^[0-9a-f]{64}$'),
  -- SubjectPublicKeyInfo. Null: the key is trusted by the trust bundle or a certificate, and this row only restricts that.
  public_key bytea,
  not_before timestamptz,
  not_after timestamptz,
  status text not null check (status in ('active', 'retired', 'compromised')),
  -- When it was retired, or from when on it was compromised.
  since timestamptz,
  added_by text not null,
  added_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (publisher_id, key_id),
  check ((status = 'active') = (since is null)),
  check (public_key is not null or status <> 'active'),
  check (not_before is null or not_after is null or not_before <= not_after)
);
-- One key signs for one publisher.
create unique index publisher_key_owner on publisher_key (key_id) where public_key is not null;

-- The registry's counter-signature of a version. A table of its own, because a published version is never updated.
create table extension_version_acceptance (
  version_id uuid primary key references extension_version,
  publisher_key_id text not null check (publisher_key_id ~ '^[0-9a-f]{64}$'),
  envelope_sha256 text not null check (envelope_sha256 ~ '^[0-9a-f]{64}$'),
  accepted_at timestamptz not null,
  -- Byte for byte as in the bundle store.
  acceptance bytea not null
);
create index extension_version_acceptance_key on extension_version_acceptance (publisher_key_id, accepted_at);

create table extension_version_revocation (
  version_id uuid primary key references extension_version,
  reason text not null check (length(reason) between 1 and 500),
  revoked_by text not null,
  revoked_at timestamptz not null
);

-- The newest signed index of each extension. Who reads it trusts the signature, not the row.
create table extension_index (
  extension_id text primary key references extension_registry,
  number bigint not null check (number > 0),
  -- The registry's key that signed it.
  key_id text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  envelope bytea not null
);
create index extension_index_expiry on extension_index (expires_at);

grant select, insert, update on publisher_key, extension_index to alga_registry;
grant select, insert on extension_version_acceptance to alga_registry;
-- Deleting a revocation is how an operator takes one back; the audit log keeps both.
grant select, insert, delete on extension_version_revocation to alga_registry;
grant select on extension_index to alga_gateway, alga_runner;
