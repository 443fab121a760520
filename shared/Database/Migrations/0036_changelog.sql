-- What a publisher says has changed in a version: the CHANGELOG.md of its bundle. A table of its own, as for READMEs.
create table extension_version_changelog (
  version_id uuid primary key references extension_version,
  changelog text not null
);
grant select, insert on extension_version_changelog to alga_registry;
