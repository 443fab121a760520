-- Runners compile what was published last before anybody installs it: at start they ask for it, later they are told.
create index extension_bundle_created on extension_bundle (created_at desc);

grant select (created_at) on extension_bundle to alga_runner;
