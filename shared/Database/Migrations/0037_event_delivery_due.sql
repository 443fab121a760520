-- Deliveries that are due, the longest waiting first: a dispatcher looks at a few of them instead of at all that wait.
create index extension_event_delivery_due on extension_event_delivery (tenant_id, next_attempt_at, sequence) where status = 'pending';
