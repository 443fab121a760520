-- One index where there were two: every query is of one extension, so the key leads with tenant and extension, and is read backwards for the newest. Of the
-- time that a record costs the database each index is a quarter.
alter table extension_execution_log drop constraint extension_execution_log_pkey;
alter table extension_execution_log add primary key (tenant_id, extension_id, started_at, execution_id);
drop index extension_execution_log_extension;
