-- Events of host applications and the deliveries that they cause. Accepting an event writes both in one transaction; what is
-- here is the truth, and a notice or a message elsewhere only says that it is worth looking.
create table host_event (
  tenant_id uuid not null,
  -- The host application's own id, or one that the gateway gave: a second event with it is the first one again.
  event_id text not null collate "C" check (length(event_id) between 1 and 255),
  topic text not null collate "C" check (length(topic) between 1 and 128),
  -- Deliveries to one install keep their order within a topic and key.
  order_key text not null collate "C" check (length(order_key) <= 128),
  payload json not null,
  occurred_at timestamptz not null,
  accepted_at timestamptz not null,
  primary key (tenant_id, event_id)
);
create index host_event_accepted on host_event (tenant_id, accepted_at);

-- Grows in the order of commits within a tenant, topic and key: who accepts an event holds a lock on them.
create sequence event_delivery_sequence;

create table extension_event_delivery (
  tenant_id uuid not null,
  delivery_id uuid not null,
  install_id uuid not null,
  event_id text not null collate "C",
  topic text not null collate "C",
  order_key text not null collate "C",
  sequence bigint not null default nextval('event_delivery_sequence'),
  -- Set for a run of a schedule, with method and path where it calls an endpoint.
  schedule text collate "C",
  method text,
  path text,
  -- dead: given up, and kept for an admin to look at; dropped: the version that runs by now does not want it.
  status text not null default 'pending' check (status in ('pending', 'delivered', 'dead', 'dropped')),
  -- Times that it was handed out, also to a dispatcher that died over it.
  attempts integer not null default 0,
  -- Attempts that failed by the extension's own doing: these are what makes it dead.
  failures integer not null default 0,
  next_attempt_at timestamptz not null,
  expires_at timestamptz not null,
  -- Who works on it, and until when nobody else may.
  lease_id uuid,
  lease_until timestamptz,
  -- The last attempts that ended: attempt, at, requestId, status, code.
  attempt_log jsonb not null default '[]',
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, delivery_id),
  unique (tenant_id, event_id, install_id),
  foreign key (tenant_id, event_id) references host_event on delete cascade,
  foreign key (tenant_id, install_id) references tenant_extension_install on delete cascade,
  check ((method is null) = (path is null) and (method is null or schedule is not null)),
  check ((status = 'pending') = (finished_at is null))
);
create index extension_event_delivery_chain on extension_event_delivery (tenant_id, install_id, topic, order_key, sequence) where status = 'pending';
create index extension_event_delivery_list on extension_event_delivery (tenant_id, install_id, delivery_id);

-- Which tenants want a dispatcher's attention, and when. It stands in the platform's scope, as install_purge does.
create table event_agenda (
  tenant_id uuid not null check (tenant_id = '00000000-0000-0000-0000-000000000000'),
  owner_id uuid not null,
  due_at timestamptz not null,
  primary key (tenant_id, owner_id)
);
create index event_agenda_due on event_agenda (tenant_id, due_at);

do $$
declare
  name text;
begin
  foreach name in array array['host_event', 'extension_event_delivery', 'event_agenda'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', name);
  end loop;
end $$;

-- Puts the running transaction's tenant on the agenda, at the latest for this instant, and wakes the dispatchers at commit.
-- Call it last: its row is what transactions of one tenant wait for.
create function note_event_agenda(due timestamptz) returns void
  language plpgsql as $$
declare
  owner uuid := current_tenant();
begin
  if owner is null then raise exception 'note_event_agenda needs a tenant'; end if;
  perform set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', true);
  insert into event_agenda (tenant_id, owner_id, due_at) values ('00000000-0000-0000-0000-000000000000', owner, due)
    on conflict (tenant_id, owner_id) do update set due_at = least(event_agenda.due_at, excluded.due_at);
  perform set_config('app.tenant_id', owner::text, true);
  perform pg_notify('extension_events', '');
end $$;

grant select, insert, delete on host_event to alga_gateway;
grant select, insert, update on extension_event_delivery to alga_gateway;
grant select, insert, update, delete on event_agenda to alga_gateway;
grant usage on sequence event_delivery_sequence to alga_gateway, alga_registry;
-- The registry shows deliveries and hands them out again; it never writes an event.
grant select on host_event, extension_event_delivery to alga_registry;
grant update (status, sequence, failures, next_attempt_at, expires_at, lease_id, lease_until, finished_at) on extension_event_delivery to alga_registry;
grant select, insert, update on event_agenda to alga_registry;
