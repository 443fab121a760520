-- An install after its first day: upgrades that wait for consent, a share of users on a new version, rollback, the time
-- between uninstall and purge. Code from before this migration knows none of it: the defaults are what it did.
alter table tenant_extension_install
  drop constraint tenant_extension_install_status_check,
  add constraint tenant_extension_install_status_check check (status in ('enabled', 'disabled', 'uninstalled')),
  -- Which new versions the install moves to by itself.
  add column rollout_policy text not null default 'pin' check (rollout_policy in ('pin', 'patch', 'minor')),
  -- A new version that a share of the users gets.
  add column candidate_version_id uuid,
  add column candidate_percent smallint check (candidate_percent between 0 and 100),
  add constraint candidate_whole check ((candidate_version_id is null) = (candidate_percent is null)),
  add foreign key (extension_id, candidate_version_id) references extension_version (extension_id, version_id),
  -- A version that waits for an admin. What it asks for on top is derived from the manifests, never stored.
  add column pending_version_id uuid,
  add column pending_percent smallint check (pending_percent between 0 and 100),
  add column pending_since timestamptz,
  add column pending_by text,
  add constraint pending_whole check (
    (pending_version_id is null) = (pending_since is null) and (pending_version_id is null) = (pending_by is null)
    and (pending_percent is null or pending_version_id is not null)),
  add foreign key (extension_id, pending_version_id) references extension_version (extension_id, version_id),
  -- An admin rejected this version or went back from it: following takes nothing up to it.
  add column passed_over_version_id uuid,
  add foreign key (extension_id, passed_over_version_id) references extension_version (extension_id, version_id),
  -- Uninstalled: what restore brings back, until when, and whether the purge has begun.
  add column status_before text check (status_before in ('enabled', 'disabled')),
  add column uninstalled_at timestamptz,
  add column purge_after timestamptz,
  add column purge_started_at timestamptz,
  add constraint uninstalled_whole check (
    (status = 'uninstalled') = (purge_after is not null) and (status = 'uninstalled') = (uninstalled_at is not null)
    and (status = 'uninstalled') = (status_before is not null) and (purge_started_at is null or status = 'uninstalled'));

create table tenant_extension_install_history (
  tenant_id uuid not null,
  install_id uuid not null,
  -- The install's revision that the change made: it grows without gaps in the clocks of servers.
  revision bigint not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  from_version_id uuid references extension_version,
  to_version_id uuid not null references extension_version,
  -- Grants and settings as they were when the version was left: a rollback finds them again.
  from_capabilities text[],
  from_egress text[],
  from_config json,
  primary key (tenant_id, install_id, revision),
  foreign key (tenant_id, install_id) references tenant_extension_install on delete cascade
);

-- The topics of the version that an install runs. Events have no user, so a candidate's are not here.
create table extension_event_subscription (
  tenant_id uuid not null,
  install_id uuid not null,
  topic text not null check (length(topic) between 1 and 128),
  filter json,
  version_id uuid not null references extension_version,
  primary key (tenant_id, install_id, topic),
  foreign key (tenant_id, install_id) references tenant_extension_install on delete cascade
);
create index extension_event_subscription_topic on extension_event_subscription (tenant_id, topic);

-- The platform's agenda: which installs want attention, and nothing else about them. A forced policy lets no role read
-- across tenants, so the few facts that work across tenants needs are written down here, under the nil UUID that no
-- tenant can have: a tenant's transaction never sees a row. Each install is then changed in a transaction of its tenant.
create table install_follower (
  tenant_id uuid not null check (tenant_id = '00000000-0000-0000-0000-000000000000'),
  extension_id text not null references extension_registry,
  owner_id uuid not null,
  primary key (tenant_id, extension_id, owner_id)
);

create table install_purge (
  tenant_id uuid not null check (tenant_id = '00000000-0000-0000-0000-000000000000'),
  owner_id uuid not null,
  extension_id text not null references extension_registry,
  purge_after timestamptz not null,
  primary key (tenant_id, owner_id, extension_id)
);
create index install_purge_due on install_purge (tenant_id, purge_after);

-- Extensions with a version that their followers have not been asked about, and how far the asking has come.
create table extension_follow_queue (
  tenant_id uuid not null check (tenant_id = '00000000-0000-0000-0000-000000000000'),
  extension_id text not null references extension_registry,
  -- Grows with each publish: who works through the followers sees that it has to start over.
  generation bigint not null default 1,
  after_owner_id uuid not null default '00000000-0000-0000-0000-000000000000',
  queued_at timestamptz not null,
  primary key (tenant_id, extension_id)
);
create index extension_follow_queue_order on extension_follow_queue (tenant_id, queued_at);

do $$
declare
  name text;
begin
  foreach name in array array['tenant_extension_install_history', 'extension_event_subscription', 'install_follower', 'install_purge', 'extension_follow_queue'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', name);
  end loop;
end $$;

grant select, insert on tenant_extension_install_history to alga_registry;
grant select, insert, delete on extension_event_subscription to alga_registry;
grant select on extension_event_subscription to alga_gateway;
grant select, insert, update, delete on install_follower, install_purge, extension_follow_queue to alga_registry;
-- A purge deletes what an extension stored; it can find the entries and never read a value.
grant select (tenant_id, extension_id, namespace, key), delete on extension_storage_entry to alga_registry;
