-- What a publisher says about a version: the README.md of its bundle. A table of its own, so that lists of versions stay small.
create table extension_version_readme (
  version_id uuid primary key references extension_version,
  readme text not null
);
grant select, insert on extension_version_readme to alga_registry;
