using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;
using Alga.Extensions.Testing;

namespace Alga.Extensions.TrustedIndexes.Tests;

/// <summary>The attacks that TUF's conformance suite tries on a client, restated on our index.</summary>
public sealed class IndexAttackTests : IDisposable
{
    private readonly Reader reader = new();

    public void Dispose() => reader.Dispose();

    [Fact]
    public async Task An_older_index_is_refused_as_a_rollback_and_the_newer_one_stays()
    {
        var older = reader.Issue();
        reader.Registry.SetStatus(Reader.Version, VersionState.Revoked);
        reader.Issue();
        Assert.Equal("version_revoked", await reader.AskAsync());

        reader.Serve(older, 1);
        await reader.PollAsync();
        await reader.Cache.RefreshAsync(Reader.Extension, CancellationToken.None);

        Assert.Equal("version_revoked", await reader.AskAsync());
    }

    [Fact]
    public async Task A_rollback_is_refused_after_a_restart_too()
    {
        var older = reader.Issue();
        reader.Registry.SetStatus(Reader.Version, VersionState.Revoked);
        reader.Issue();
        await reader.AskAsync();

        reader.Restart();
        reader.Serve(older, 1);

        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task A_tampered_memory_of_the_highest_index_counts_for_nothing_and_locks_nobody_out()
    {
        reader.Issue();
        await reader.AskAsync();
        var file = Assert.Single(Directory.GetFiles(reader.Folder));
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        reader.Restart();

        Assert.Equal("ok", await reader.AskAsync());
    }

    [Fact]
    public async Task Two_different_indexes_of_one_number_are_refused()
    {
        reader.Issue();
        Assert.Equal("ok", await reader.AskAsync());

        reader.Registry.Number = 0;
        reader.Registry.SetStatus(Reader.Version, VersionState.Yanked);
        reader.Issue();
        reader.Restart();

        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task A_frozen_index_is_refused_from_its_expiry_on()
    {
        reader.Issue();
        Assert.Equal("ok", await reader.AskAsync());

        reader.Time.Advance(reader.Registry.Lifetime - TimeSpan.FromMilliseconds(1));
        await reader.PollAsync();
        Assert.Equal("ok", await reader.AskAsync());
        reader.Time.Advance(TimeSpan.FromMilliseconds(1));
        await reader.PollAsync();

        Assert.Equal("bundle_unavailable", await reader.AskAsync());
    }

    [Fact]
    public async Task An_index_that_is_expired_when_it_comes_is_refused()
    {
        reader.Issue();
        reader.Time.Advance(reader.Registry.Lifetime);

        Assert.Equal("bundle_unavailable", await reader.AskAsync());
    }

    [Fact]
    public async Task A_source_that_is_away_is_forgiven_for_a_while_and_then_nothing_runs()
    {
        reader.Issue();
        Assert.Equal("ok", await reader.AskAsync());
        reader.Source.IsDown = true;

        reader.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("ok", await reader.AskAsync());
        reader.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("bundle_unavailable", await reader.AskAsync());

        reader.Source.IsDown = false;
        Assert.Equal("ok", await reader.AskAsync());
    }

    [Fact]
    public async Task A_source_that_hides_the_index_confirms_nothing()
    {
        reader.Issue();
        Assert.Equal("ok", await reader.AskAsync());
        reader.Serve(null, 0);

        reader.Time.Advance(TimeSpan.FromMinutes(16));
        await reader.PollAsync();

        Assert.Equal("bundle_unavailable", await reader.AskAsync());
    }

    [Fact]
    public async Task A_poll_confirms_and_so_keeps_running_what_does_not_change()
    {
        reader.Issue();
        for (var minutes = 0; minutes < 60; minutes += 10)
        {
            Assert.Equal("ok", await reader.AskAsync());
            reader.Time.Advance(TimeSpan.FromMinutes(10));
            await reader.PollAsync();
        }

        Assert.Equal(1, reader.Source.Reads);
    }

    [Fact]
    public async Task Numbers_that_were_driven_to_the_end_are_recovered_by_replacing_the_registrys_key()
    {
        using var fresh = SigningKey.Create();
        reader.Registry.Number = IndexStatement.MaxNumber - 1;
        reader.Issue();
        Assert.Equal("ok", await reader.AskAsync());

        reader.Registry.Number = 0;
        reader.Issue(key: fresh);
        reader.Restart(trust: reader.Registry.TrustEntry + fresh.ToRegistryEntry(BundleStatement.DefaultRegistry));
        Assert.Equal("signature_invalid", await reader.AskAsync());
        reader.Restart(trust: fresh.ToRegistryEntry(BundleStatement.DefaultRegistry));

        Assert.Equal("ok", await reader.AskAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(IndexStatement.MaxNumber + 1)]
    public async Task A_number_out_of_range_is_refused(long number)
    {
        reader.Issue(index => index with { Number = number });

        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task An_index_signed_by_a_stranger_is_refused()
    {
        using var stranger = SigningKey.Create();
        reader.Issue(key: stranger);

        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task A_publishers_key_signs_no_index()
    {
        reader.MoreTrust = reader.PublisherKey.ToTrustEntry(Reader.Publisher);
        reader.Restart();
        reader.Issue(key: reader.PublisherKey);

        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task Another_registrys_key_signs_no_index()
    {
        using var other = SigningKey.Create();
        reader.MoreTrust = other.ToRegistryEntry("elsewhere");
        reader.Restart();

        reader.Issue(key: other);
        Assert.Equal("signature_invalid", await reader.AskAsync());
        reader.Issue(index => index with { Registry = "elsewhere" });
        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task An_index_of_another_extension_is_refused()
    {
        using var other = new TestRegistry(Reader.Publisher, "com.acme.other");
        reader.Serve(other.Issue(reader.Time.GetUtcNow(), key: reader.Registry.Key), 1);

        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task A_version_with_another_bundle_than_listed_is_refused()
    {
        reader.Issue();

        Assert.Equal("signature_invalid", await reader.AskAsync(hash: ContentHash.Of("other"u8)));
        Assert.Equal("ok", await reader.AskAsync());
    }

    [Fact]
    public async Task A_version_that_is_not_listed_is_refused_and_found_once_it_is()
    {
        reader.Issue();
        var other = ContentHash.Of("other"u8);
        Assert.Equal("bundle_unavailable", await reader.AskAsync("2.0.0", other));
        Assert.Equal("signature_invalid", await reader.AskAsync("2.0.0"));

        reader.Registry.Versions.Add(reader.Listed("2.0.0", other));
        reader.Issue();

        Assert.Equal("ok", await reader.AskAsync("2.0.0", other));
    }

    [Fact]
    public async Task Repeated_signatures_of_one_key_are_one_and_a_strangers_beside_it_does_no_harm()
    {
        using var stranger = SigningKey.Create();
        var envelope = JsonNode.Parse(reader.Issue())!.AsObject();
        var own = envelope["signatures"]![0]!;
        reader.Registry.Number = 0;
        var foreign = JsonNode.Parse(reader.Registry.Issue(reader.Time.GetUtcNow(), key: stranger))!["signatures"]![0]!;

        envelope["signatures"] = new JsonArray(foreign.DeepClone(), foreign.DeepClone(), own.DeepClone(), own.DeepClone());
        reader.Serve(Bytes(envelope), 1);
        Assert.Equal("ok", await reader.AskAsync());

        envelope["signatures"] = new JsonArray(foreign.DeepClone(), foreign.DeepClone(), foreign.DeepClone());
        reader.Serve(Bytes(envelope), 1);
        Directory.Delete(reader.Folder, recursive: true);
        reader.Restart();
        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task Data_without_an_end_is_refused()
    {
        var envelope = reader.Issue();
        var endless = new byte[IndexStatement.MaxBytes + 1];
        endless.AsSpan().Fill((byte)' ');
        envelope.CopyTo(endless, 0);
        reader.Serve(endless, 1);

        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    public static TheoryData<string> Leaves => ["schema", "registry", "publisher", "extension", "number", "issuedAt", "expiresAt", "version", "sha256", "status", "keyId", "acceptedAt", "extra", "twice", "null"];

    [Theory]
    [MemberData(nameof(Leaves))]
    public async Task A_field_that_was_swapped_after_signing_is_refused(string field)
    {
        var envelope = JsonNode.Parse(reader.Issue())!.AsObject();
        var statement = JsonNode.Parse(Convert.FromBase64String((string)envelope["payload"]!))!.AsObject();
        var version = statement["versions"]![0]!;
        switch (field)
        {
            case "number": statement["number"] = 2; break;
            case "issuedAt" or "expiresAt": statement[field] = "2027-01-01T00:00:00.000Z"; break;
            case "version" or "sha256" or "status" or "keyId" or "acceptedAt": version[field] = (string)version[field]! + "x"; break;
            case "extra": statement["extra"] = 1; break;
            case "twice": statement["versions"]!.AsArray().Add(version.DeepClone()); break;
            case "null": statement["keys"] = null; break;
            default: statement[field] = (string)statement[field]! + "x"; break;
        }

        envelope["payload"] = Convert.ToBase64String(Bytes(statement));
        reader.Serve(Bytes(envelope), 1);

        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task A_signed_index_that_contradicts_itself_is_refused()
    {
        foreach (var change in new Func<IndexStatement, IndexStatement>[]
        {
            index => index with { Schema = "alga-extension-index-2" },
            index => index with { ExpiresAt = index.IssuedAt },
            index => index with { Versions = [.. index.Versions, index.Versions[0]] },
            index => index with { Versions = [index.Versions[0] with { Status = "fine" }] },
            index => index with { Keys = [new IndexedKey("a", null, KeyState.Retired, null, null, null)] },
            index => index with { Keys = [new IndexedKey("a", null, KeyState.Active, null, null, index.IssuedAt)] },
            index => index with { Keys = [new IndexedKey(new string('0', 64), Convert.ToBase64String(reader.PublisherKey.Public.ToDer()), KeyState.Active, null, null, null)] },
        })
        {
            reader.Issue(change);
            Assert.Equal("signature_invalid", await reader.AskAsync());
        }
    }

    [Fact]
    public async Task Without_an_index_the_runner_runs_nothing_and_the_gateway_leaves_it_to_the_runner()
    {
        Assert.Equal("bundle_unavailable", await reader.AskAsync());
        reader.Restart(isRequired: false);
        Assert.Equal("ok", await reader.AskAsync());
    }

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
