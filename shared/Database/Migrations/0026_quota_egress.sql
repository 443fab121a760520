-- Bytes that extensions' calls of other services may move in a month, for the tenant as a whole and for each extension.
alter table quota_plan
  add column tenant_monthly_egress_bytes bigint check (tenant_monthly_egress_bytes >= 0),
  add column extension_monthly_egress_bytes bigint check (extension_monthly_egress_bytes >= 0);

alter table tenant_quota add column monthly_egress_bytes bigint check (monthly_egress_bytes >= 0);

-- The gateway reads what was used where it reads the limits.
grant select on extension_quota_usage to alga_gateway;
