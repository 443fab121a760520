-- Hashes whose blobs may be in the bundle store without a version: a publish claims its hash before the first upload and gives the
-- claim up in the transaction that makes the version visible; the collector claims what it finds without either. A claim that grew
-- old without a version is collected under this row's lock, which a publish of the same hash has to take as well.
create table extension_bundle_claim (
  content_hash text primary key check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
  -- Another one once a hash was collected: a publish that finds it changed knows that its blobs may be gone.
  claim_id uuid not null,
  claimed_at timestamptz not null
);
create index extension_bundle_claim_age on extension_bundle_claim (claimed_at);

grant select, insert, update, delete on extension_bundle_claim to alga_registry;
