-- SemVer 2 precedence (semver.org, 11) as text that sorts byte by byte: a number is its length in three digits and then its digits, so
-- that 9 comes before 10; in a pre-release numbers come before words, and a shorter list before a longer one that starts like it; a
-- release comes after its pre-releases. Build metadata has no part in it.
create function semver_sort_key(version text) returns text
  language sql immutable strict parallel safe
  as $$
    with whole as (
      select split_part(version, '+', 1) as text
    ), parts as (
      select split_part(text, '-', 1) as core, substr(text, length(split_part(text, '-', 1)) + 2) as prerelease from whole
    )
    select (
      select string_agg(lpad(length(number)::text, 3, '0') || number, '' order by place)
      from unnest(string_to_array(core, '.')) with ordinality as numbers (number, place)
    ) || case when prerelease = '' then '~' else '-' || (
      select string_agg(case when word ~ '^[0-9]+$' then '1' || lpad(length(word)::text, 3, '0') || word else '2' || word || '!' end, '' order by place)
      from unnest(string_to_array(prerelease, '.')) with ordinality as words (word, place)
    ) end
    from parts
  $$;

-- Computed by the database, so that rows of before and rows that an older program adds have them too.
alter table extension_version
  add column sort_key text collate "C" generated always as (semver_sort_key(version)) stored,
  add column prerelease boolean generated always as (version ~ '^[0-9]+\.[0-9]+\.[0-9]+-') stored;
create index extension_version_order on extension_version (extension_id, sort_key, version collate "C");

-- A yanked version has a row here. The version's own row stays as it is: nobody may change it.
create table extension_version_yank (
  version_id uuid primary key references extension_version,
  reason text not null check (length(reason) between 1 and 500),
  -- What an operator yanked, only an operator may bring back.
  by_operator boolean not null,
  yanked_by text not null,
  yanked_at timestamptz not null
);

-- What was recorded of bundles from now on; null for those of before.
alter table extension_bundle
  add column expanded_bytes bigint check (expanded_bytes >= 0),
  add column file_count int check (file_count > 0),
  add column component_bytes bigint check (component_bytes >= 0);

-- Words only: the parser would take com.acme.reports for one word, the name of a host.
create function search_words(text text) returns text
  language sql immutable strict parallel safe
  as $$ select translate(text, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)) $$;

-- All of the words, each as the beginning of a word or as another form of one.
create function search_query(words text[]) returns tsquery
  language plpgsql immutable strict parallel safe
  as $$
declare
  word text;
  wanted tsquery := '';
begin
  foreach word in array words loop
    wanted := wanted && (to_tsquery('simple', '''' || search_words(word) || ''':*') || plainto_tsquery('english', search_words(word)));
  end loop;
  return wanted;
end $$;

-- The catalogue's entry: display_name and description come from the manifest of the latest version, in the transaction that makes it so.
alter table extension_registry
  add column description text not null default '' check (length(description) <= 1000),
  -- The highest that is neither yanked nor a pre-release.
  add column latest_version text,
  -- The highest pre-release that is not yanked, where it is higher than latest_version.
  add column latest_prerelease text,
  add column deprecation_message text check (length(deprecation_message) between 1 and 500),
  add column deprecated_by_operator boolean not null default false,
  add column deprecated_by text,
  add column deprecated_at timestamptz,
  add column search tsvector generated always as (
    setweight(to_tsvector('simple', search_words(extension_id || ' ' || publisher_id)), 'A')
    || setweight(to_tsvector('simple', search_words(display_name || ' ' || description)), 'B')
    || setweight(to_tsvector('english', search_words(display_name || ' ' || description)), 'C')) stored,
  add constraint extension_registry_deprecation check ((deprecation_message is null) = (deprecated_at is null) and (deprecated_by is null) = (deprecated_at is null));
create index extension_registry_search on extension_registry using gin (search);

-- Descriptions of what was published before come with the next publish: a manifest may hold what json operators cannot read.
update extension_registry e set latest_version = (
  select version from extension_version v
  where v.extension_id = e.extension_id and not prerelease
  order by sort_key desc, version collate "C" desc limit 1);
update extension_registry e set latest_prerelease = (
  select version from extension_version v
  where v.extension_id = e.extension_id and prerelease and sort_key > coalesce((select semver_sort_key(e.latest_version)), '')
  order by sort_key desc, version collate "C" desc limit 1);

-- Whose names an entry of the platform's log concerns; null for what concerns operators only, and for the logs of tenants.
alter table audit_log add column publisher_id text;
create index audit_log_publisher on audit_log (tenant_id, publisher_id, audit_id) where publisher_id is not null;
-- Row-level security is forced, for the owner too.
select set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', true);
update audit_log a set publisher_id = e.publisher_id
from extension_registry e
where a.tenant_id = '00000000-0000-0000-0000-000000000000' and split_part(a.target, '@', 1) = e.extension_id;

grant select, insert, update, delete on extension_version_yank to alga_registry;
