-- Who watches executions as they are written. A row is a session; it can go on over several connections, one at a time.
create table execution_tail_session (
  tenant_id uuid not null,
  session_id uuid not null,
  extension_id text not null,
  -- Issuer and subject, as in audit_log: nobody else may take the session up again.
  actor text not null,
  -- The connection that it runs on; one that finds another here has been replaced.
  connection_id uuid not null,
  started_at timestamptz not null,
  ends_at timestamptz not null,
  -- Until when it counts as watched unless the connection says so again.
  held_until timestamptz not null,
  primary key (tenant_id, session_id)
);

alter table execution_tail_session enable row level security;
alter table execution_tail_session force row level security;
create policy tenant on execution_tail_session using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select, insert, update, delete on execution_tail_session to alga_gateway;
-- The gateway shows what was written, and notes who looked.
grant select on extension_execution_log to alga_gateway;
grant insert on audit_log to alga_gateway;
-- The runner asks whether anybody watches, and learns no more.
grant select (tenant_id, extension_id, held_until) on execution_tail_session to alga_runner;
