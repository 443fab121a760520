-- Group roles without login. Who deploys grants them to logins or to managed identities; none owns or bypasses anything.
do $$
declare
  name text;
begin
  foreach name in array array['alga_registry', 'alga_gateway', 'alga_runner'] loop
    -- Roles belong to the cluster, so another database's migration may have made them, perhaps at this very moment.
    begin
      execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole', name);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
end $$;

revoke create on schema public from public;
grant usage on schema public to alga_registry, alga_gateway, alga_runner;

-- The tenant of the running transaction, null when none was set: every tenant policy compares with it.
create function current_tenant() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;
