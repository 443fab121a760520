-- What became of requests that carry an Idempotency-Key: one row for each key of a user at a route of an install. While `status` is
-- null somebody executes it, until `claimed_until`; afterwards the row holds the answer that every repetition gets.
create table extension_idempotency (
  tenant_id uuid not null,
  install_id uuid not null,
  user_id text not null check (length(user_id) between 1 and 255),
  -- Method and path as they were called, and the key: SHA-256 of them, since keys are the callers' own and of any length.
  key_hash bytea not null check (octet_length(key_hash) = 32),
  -- SHA-256 of query, headers and body that the guest got: the same key with another request is a mistake.
  request_hash bytea not null check (octet_length(request_hash) = 32),
  claim_id uuid not null,
  claimed_until timestamptz not null,
  expires_at timestamptz not null,
  status integer check (status between 100 and 599),
  -- The guest's answer, as the runner gave it, or the error that the caller got.
  answer bytea,
  primary key (tenant_id, install_id, user_id, key_hash),
  foreign key (tenant_id, install_id) references tenant_extension_install on delete cascade,
  check ((status is null) = (answer is null))
);

create index extension_idempotency_expiry on extension_idempotency (tenant_id, expires_at);

alter table extension_idempotency enable row level security;
alter table extension_idempotency force row level security;
create policy tenant on extension_idempotency using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select, insert, update, delete on extension_idempotency to alga_gateway;
