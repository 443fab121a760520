-- One index where there were two, since each makes every record slower to write: all queries are of one extension, so the key leads with tenant and
-- extension, and is read backwards for the newest. The log is locked while the index is built; runners keep their records on disk meanwhile.
alter table extension_execution_log drop constraint extension_execution_log_pkey;
alter table extension_execution_log add primary key (tenant_id, extension_id, started_at, execution_id);
drop index extension_execution_log_extension;
