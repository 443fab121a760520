-- What an extension stores for a tenant, counted exactly: each change of an entry changes the count in its transaction.
create table extension_storage_usage (
  tenant_id uuid not null,
  extension_id text not null references extension_registry,
  keys bigint not null default 0,
  -- Keys and values, in bytes.
  bytes bigint not null default 0,
  -- Null for the platform's own limit.
  max_keys bigint check (max_keys >= 0),
  max_bytes bigint check (max_bytes >= 0),
  primary key (tenant_id, extension_id)
);

-- The owner counts what is there already; forced row-level security would hide it from an owner who is no superuser.
alter table extension_storage_entry no force row level security;
insert into extension_storage_usage (tenant_id, extension_id, keys, bytes)
select tenant_id, extension_id, count(*), sum(octet_length(key) + octet_length(value::text)) from extension_storage_entry group by 1, 2;
alter table extension_storage_entry force row level security;

alter table extension_storage_usage enable row level security;
alter table extension_storage_usage force row level security;
create policy tenant on extension_storage_usage using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

-- Deferred to the commit: the count is locked last and for a moment only, whatever else the transaction locked before,
-- so writers never wait for each other in a circle.
create function count_storage() returns trigger language plpgsql as $$
declare
  row_now extension_storage_entry := coalesce(new, old);
  more_keys bigint := (case when tg_op = 'INSERT' then 1 when tg_op = 'DELETE' then -1 else 0 end);
  more_bytes bigint := (case when tg_op = 'DELETE' then 0 else octet_length(new.key) + octet_length(new.value::text) end)
    - (case when tg_op = 'INSERT' then 0 else octet_length(old.key) + octet_length(old.value::text) end);
begin
  if more_keys = 0 and more_bytes = 0 then return null; end if;
  update extension_storage_usage set keys = keys + more_keys, bytes = bytes + more_bytes
  where tenant_id = row_now.tenant_id and extension_id = row_now.extension_id;
  if not found then
    insert into extension_storage_usage as u (tenant_id, extension_id, keys, bytes)
    values (row_now.tenant_id, row_now.extension_id, more_keys, more_bytes)
    on conflict (tenant_id, extension_id) do update set keys = u.keys + excluded.keys, bytes = u.bytes + excluded.bytes;
  end if;
  return null;
end $$;

create constraint trigger count_storage after insert or update of value or delete on extension_storage_entry
  deferrable initially deferred for each row execute function count_storage();

-- Judges the end of a transaction, not its middle: this runs after all of the above, and a commit that grows one entry
-- and shrinks another by more is welcome. Who is over a limit that was lowered may still shrink. The message is the
-- limit, which the runner puts into words.
create function check_storage_quota() returns trigger language plpgsql as $$
declare
  now_used record;
begin
  select keys, bytes, coalesce(max_keys, 100000) as max_keys, coalesce(max_bytes, 104857600) as max_bytes into now_used
  from extension_storage_usage where tenant_id = new.tenant_id and extension_id = new.extension_id;
  if now_used.keys > now_used.max_keys and (tg_op = 'INSERT' or new.keys > old.keys) then
    raise exception '%', now_used.max_keys using errcode = 'AQ001';
  end if;
  if now_used.bytes > now_used.max_bytes and (tg_op = 'INSERT' or new.bytes > old.bytes) then
    raise exception '%', now_used.max_bytes using errcode = 'AQ002';
  end if;
  return null;
end $$;

create constraint trigger check_storage_quota after insert or update of keys, bytes on extension_storage_usage
  deferrable initially deferred for each row execute function check_storage_quota();

-- The limits are not the runner's to change.
grant select, insert (tenant_id, extension_id, keys, bytes), update (keys, bytes) on extension_storage_usage to alga_runner;
-- A purge deletes entries, and with them counts.
grant select, update (keys, bytes) on extension_storage_usage to alga_registry;
