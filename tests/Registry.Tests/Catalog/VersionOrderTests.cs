using Alga.Extensions.Registry.Tests.Fixtures;
using CsCheck;
using Dapper;
using Semver;

namespace Alga.Extensions.Registry.Tests.Catalog;

public sealed class VersionOrderTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    /// <summary>The order of semver.org, 11, and around it.</summary>
    private static readonly string[] Ordered =
    [
        "0.0.0-0", "0.0.0", "0.0.1", "0.9.0", "0.10.0", "1.0.0-0", "1.0.0-1", "1.0.0-9", "1.0.0-10", "1.0.0-10.0", "1.0.0-99999999999999999999",
        "1.0.0--", "1.0.0-0a", "1.0.0-A", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.1.0", "1.0.0-alpha.beta", "1.0.0-alpha-1", "1.0.0-beta",
        "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1-0", "1.0.1", "2.0.0", "10.0.0-a", "10.0.0", "99999999999999999999.0.0",
    ];

    private static readonly string[] Words =
        ["0", "1", "2", "9", "10", "11", "100", "99999999999999999999", "a", "A", "-", "--", "a-", "0a", "a0", "alpha", "beta", "rc", "RC"];

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.Int[0, Words.Length - 1].Select(index => Words[index]),
        Gen.Int[0, 1_000_000].Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Char["abzABZ09-"].Array[1, 6].Select(text => new string(text)).Where(text => text.Any(c => !char.IsAsciiDigit(c)) || text.Length == 1));

    private static readonly Gen<string> Version = Gen.Select(
        Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, 20], Gen.Int[0, int.MaxValue]).Array[3],
        Word.Array[0, 4],
        Gen.Char["ab09-"].Array[0, 3],
        (core, prerelease, build) =>
            string.Join('.', core) + (prerelease.Length == 0 ? "" : "-" + string.Join('.', prerelease)) + (build.Length == 0 ? "" : "+" + new string(build)));

    private static readonly Comparison<string> Precedence = (left, right) =>
    {
        var order = SemVersion.ComparePrecedence(Parse(left), Parse(right));
        return order != 0 ? order : string.CompareOrdinal(left, right);
    };

    [Fact]
    public async Task The_database_orders_versions_as_SemVer_2_says()
    {
        await using var owner = await app.OpenOwnerAsync();

        var sorted = await owner.QueryAsync<string>("select v from unnest(@versions) v order by semver_sort_key(v)", new { versions = Ordered.Reverse().ToArray() });

        Assert.Equal(Ordered, sorted);
    }

    [Fact]
    public async Task The_database_orders_any_versions_as_the_library_does()
    {
        await using var owner = await app.OpenOwnerAsync();
        await Version.Array[2, 60].SampleAsync(
            async versions =>
            {
                var sorted = await owner.QueryAsync<string>("""select v from unnest(@versions) v order by semver_sort_key(v), v collate "C" """, new { versions });
                var expected = versions.ToList();
                expected.Sort(Precedence);
                return expected.SequenceEqual(sorted);
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task Versions_that_differ_in_build_metadata_only_have_one_key()
    {
        await using var owner = await app.OpenOwnerAsync();

        Assert.Single((await owner.QueryAsync<string>("select semver_sort_key(v) from unnest(array['1.0.0', '1.0.0+a', '1.0.0+b-1.2']) v")).Distinct());
    }

    [Fact]
    public async Task The_list_of_versions_pages_through_all_of_them_the_highest_first()
    {
        var bundle = await app.PublishNewAsync("1.0.0");
        var versions = Enumerable.Range(0, 150).Select(_ => Version.Single()).Concat(Ordered).Append("1.0.0").Distinct().ToList();
        await InsertAsync(bundle, versions.Where(version => version != "1.0.0"));
        versions.Sort(Precedence);
        versions.Reverse();

        Assert.Equal(versions, await app.WalkAsync($"/api/registry/extensions/{bundle.Name}/versions?limit=7", app.User, "version"));
        var details = (await app.GetAsync($"/api/registry/extensions/{bundle.Name}", app.User)).Is(200).Json.GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal(versions.Take(100), details.Select(version => version.GetProperty("version").GetString()));
        Assert.All(details, version => Assert.Equal(Parse(version.GetProperty("version").GetString()!).IsPrerelease, version.GetProperty("prerelease").GetBoolean()));
    }

    [Fact]
    public async Task While_somebody_publishes_each_version_is_listed_exactly_once()
    {
        var bundle = await app.PublishNewAsync("1.0.0");
        var before = Enumerable.Range(1, 20).Select(minor => $"1.{minor}.0").ToList();
        await InsertAsync(bundle, before);
        var added = 0;

        var seen = await app.WalkAsync($"/api/registry/extensions/{bundle.Name}/versions?limit=3", app.User, "version", async () =>
        {
            var number = Interlocked.Increment(ref added);
            await InsertAsync(bundle, [$"1.{number}.1", $"1.{20 - number}.2-rc.{number}", $"2.{number}.0"]);
        });

        Assert.Equal(seen.Distinct(), seen);
        Assert.Superset(before.ToHashSet(), seen.ToHashSet());
    }

    [Fact]
    public async Task The_latest_is_the_highest_release_whatever_was_published_last()
    {
        var name = app.NewName();
        foreach (var version in new[] { "1.9.0", "1.10.0", "2.0.0-rc.1", "1.9.1", "1.10.0-rc.9" }) await app.PublishNewAsync(version, name: name);

        Assert.Equal("1.10.0", (await app.GetAsync($"/api/registry/extensions/{name}/versions/latest", app.User)).Is(200).Json.GetProperty("version").GetString());
        var shown = (await app.GetAsync($"/api/registry/extensions/{name}", app.User)).Is(200).Json;
        Assert.Equal("1.10.0", shown.GetProperty("latestVersion").GetString());
        Assert.Equal("2.0.0-rc.1", shown.GetProperty("latestPrerelease").GetString());
    }

    [Fact]
    public async Task Of_versions_published_at_once_the_highest_is_the_latest()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundles = new List<TestBundle>();
        for (var minor = 0; minor < 8; minor++) bundles.Add(await TestBundle.PackAsync(name, $"1.{minor}.0"));

        await Task.WhenAll(bundles.Select(async bundle => (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201)));

        Assert.Equal("1.7.0", (await app.GetAsync($"/api/registry/extensions/{name}", app.User)).Is(200).Json.GetProperty("latestVersion").GetString());
    }

    [Theory]
    [InlineData("cursor=AAAA")]
    [InlineData("limit=0")]
    public async Task A_list_asked_for_wrongly_is_refused(string query) =>
        (await app.GetAsync($"/api/registry/extensions/com.acme.any/versions?{query}", app.User)).Is(400, "invalid_request");

    [Theory]
    [InlineData("com.acme.nothing/versions")]
    [InlineData("com.acme.nothing/versions/latest")]
    [InlineData("com.acme.nothing/versions/1.0.0/signature")]
    [InlineData("Not%20A%20Name/versions")]
    public async Task Versions_of_what_is_not_there_are_not_found(string path) =>
        (await app.GetAsync($"/api/registry/extensions/{path}", app.User)).Is(404, "not_found");

    private static SemVersion Parse(string version) => SemVersion.Parse(version, SemVersionStyles.Strict, maxLength: 256);

    private async Task InsertAsync(TestBundle like, IEnumerable<string> versions)
    {
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync(
            """
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
            select @id, extension_id, @version, content_hash, manifest, published_by, published_at from extension_version where extension_id = @name and version = '1.0.0'
            """,
            versions.Select(version => new { id = Guid.CreateVersion7(), version, name = like.Name }));
    }
}
