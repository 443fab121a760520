using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Maintenance;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>Collects as an operator's job does.</summary>
internal static class Collecting
{
    public const string Path = "/api/registry/maintenance/collect";

    public static async Task<CollectReport> CollectAsync(this RegistryApp app, string query = "") =>
        JsonSerializer.Deserialize((await app.SendAsync(HttpMethod.Post, Path + query, app.Operator)).Is(200).Text, RegistryJson.Default.CollectReport)!;

    /// <summary>Repeats the request as its documentation says, and adds up.</summary>
    public static async Task<CollectReport> CollectAllAsync(this RegistryApp app)
    {
        var sum = await app.CollectAsync("?limit=5");
        while (!sum.Done)
        {
            var next = await app.CollectAsync("?limit=5" + (sum.Cursor is null ? "" : $"&cursor={sum.Cursor}"));
            sum = next with { Found = sum.Found + next.Found, Collected = sum.Collected + next.Collected, CompiledDeleted = sum.CompiledDeleted + next.CompiledDeleted };
        }

        return sum;
    }

    /// <summary>Lets the grace period of a claimed hash be over.</summary>
    public static async Task AgeClaimAsync(this RegistryApp app, ContentHash hash)
    {
        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal(1, await owner.ExecuteAsync(
            "update extension_bundle_claim set claimed_at = claimed_at - interval '25 hours' where content_hash = @hash", new { hash = hash.ToString() }));
    }
}
