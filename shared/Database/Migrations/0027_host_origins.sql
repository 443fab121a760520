-- Lists of origins of host applications that may show pages of extensions, each named by what is in it: a page's URL names a
-- list, so that its answer is the same for ever. Lists are not deleted, since pages that browsers keep name them.
create table host_origin_list (
  list_id text primary key check (list_id ~ '^[0-9a-f]{32}$'),
  origins text[] not null check (cardinality(origins) between 1 and 20)
);

-- The hosts that a tenant has at names of its own, beside those of the platform.
create table tenant_host (
  tenant_id uuid primary key,
  list_id text not null references host_origin_list
);

alter table tenant_host enable row level security;
alter table tenant_host force row level security;
create policy tenant on tenant_host using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select, insert on host_origin_list to alga_registry;
grant select, insert, update, delete on tenant_host to alga_registry;
grant select on tenant_host to alga_gateway;
grant select on host_origin_list to alga_runner;
