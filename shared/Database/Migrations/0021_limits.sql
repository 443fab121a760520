-- What a tenant may use. Null means no limit of that kind.
create table quota_plan (
  plan_id text primary key check (plan_id ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  tenant_requests_per_second double precision check (tenant_requests_per_second > 0),
  tenant_burst integer check (tenant_burst > 0),
  tenant_concurrency integer check (tenant_concurrency > 0),
  tenant_monthly_invocations bigint check (tenant_monthly_invocations >= 0),
  extension_requests_per_second double precision check (extension_requests_per_second > 0),
  extension_burst integer check (extension_burst > 0),
  extension_concurrency integer check (extension_concurrency > 0),
  extension_monthly_invocations bigint check (extension_monthly_invocations >= 0)
);

insert into quota_plan values ('default', 200, 400, 50, null, 100, 200, 25, null);

-- A tenant's plan, and what is different for the tenant or for one extension of it. Scope '*' is the tenant as a whole,
-- any other scope an extension's name. A null takes the plan's value.
create table tenant_quota (
  tenant_id uuid not null,
  scope text not null check (scope = '*' or length(scope) between 3 and 128),
  plan_id text references quota_plan,
  requests_per_second double precision check (requests_per_second > 0),
  burst integer check (burst > 0),
  concurrency integer check (concurrency > 0),
  monthly_invocations bigint check (monthly_invocations >= 0),
  primary key (tenant_id, scope),
  check (scope = '*' or plan_id is null)
);

-- A token bucket per scope, refilled by this database's clock, from which gateways take leases of several requests.
create table quota_bucket (
  tenant_id uuid not null,
  scope text not null,
  tokens double precision not null,
  refilled_at timestamptz not null,
  month date not null,
  -- Requests leased in that month, less what came back unused.
  invocations bigint not null,
  primary key (tenant_id, scope)
);

-- Slots of running requests that a gateway holds; they come back by themselves when it no longer asks for them.
create table quota_slot (
  tenant_id uuid not null,
  scope text not null,
  gateway_id uuid not null,
  slots integer not null check (slots >= 0),
  expires_at timestamptz not null,
  primary key (tenant_id, scope, gateway_id)
);

alter table tenant_quota enable row level security;
alter table tenant_quota force row level security;
create policy tenant on tenant_quota using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

alter table quota_bucket enable row level security;
alter table quota_bucket force row level security;
create policy tenant on quota_bucket using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

alter table quota_slot enable row level security;
alter table quota_slot force row level security;
create policy tenant on quota_slot using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

-- Takes up to `wanted` requests from a bucket and gives `unused` ones of an earlier lease back. Gives how many were
-- taken, how many whole ones remain, and how many the month has left (null without a monthly limit).
create function take_requests(
  for_scope text, rate double precision, burst integer, monthly bigint, wanted integer, unused integer, unused_month date,
  out granted integer, out remaining integer, out monthly_left bigint, out lease_month date)
  language plpgsql as $$
declare
  bucket quota_bucket;
  instant timestamptz := clock_timestamp();
begin
  lease_month := date_trunc('month', instant at time zone 'utc')::date;
  insert into quota_bucket values (current_tenant(), for_scope, burst, instant, lease_month, 0) on conflict do nothing;
  select * into strict bucket from quota_bucket q where q.tenant_id = current_tenant() and q.scope = for_scope for update;
  -- Waiting for the row took time.
  instant := greatest(clock_timestamp(), bucket.refilled_at);
  if bucket.month <> lease_month then bucket.invocations := 0; end if;
  if unused_month = lease_month then bucket.invocations := greatest(0, bucket.invocations - unused); end if;
  bucket.tokens := least(burst, bucket.tokens + unused + extract(epoch from instant - bucket.refilled_at) * rate);
  -- greatest and least pass over a null, so a month without a limit needs a case of its own.
  granted := least(wanted, floor(bucket.tokens), case when monthly is not null then greatest(0, monthly - bucket.invocations) end);
  update quota_bucket q
    set tokens = bucket.tokens - granted, refilled_at = instant, month = lease_month, invocations = bucket.invocations + granted
    where q.tenant_id = current_tenant() and q.scope = for_scope;
  remaining := floor(bucket.tokens - granted);
  monthly_left := case when monthly is not null then greatest(0, monthly - bucket.invocations - granted) end;
end $$;

-- Asks for slots so that this gateway holds `wanted`; gives how many it now holds, at most what others leave.
create function hold_slots(for_scope text, gateway uuid, slot_limit integer, wanted integer, lifetime interval) returns integer
  language plpgsql as $$
declare
  others integer;
  held integer;
begin
  perform pg_advisory_xact_lock(hashtextextended(current_tenant()::text || for_scope, 7012));
  delete from quota_slot q where q.tenant_id = current_tenant() and q.scope = for_scope and q.expires_at <= clock_timestamp();
  select coalesce(sum(q.slots), 0) into others
    from quota_slot q where q.tenant_id = current_tenant() and q.scope = for_scope and q.gateway_id <> gateway;
  held := greatest(0, least(wanted, slot_limit - others));
  insert into quota_slot values (current_tenant(), for_scope, gateway, held, clock_timestamp() + lifetime)
    on conflict (tenant_id, scope, gateway_id) do update set slots = excluded.slots, expires_at = excluded.expires_at;
  return held;
end $$;

grant select on quota_plan, tenant_quota to alga_gateway;
grant select, insert, update on quota_bucket to alga_gateway;
grant select, insert, update, delete on quota_slot to alga_gateway;
grant select, insert, update, delete on quota_plan, tenant_quota to alga_registry;
grant select on quota_bucket to alga_registry;
