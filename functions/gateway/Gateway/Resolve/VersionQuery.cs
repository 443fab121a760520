using System.Text;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Manifest;
using Npgsql;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>Reads and compiles a version's manifest.</summary>
internal sealed class VersionQuery(NpgsqlDataSource database)
{
    /// <exception cref="InvalidOperationException">The version is gone or its manifest breaks a rule: both cannot be after a publish.</exception>
    public async Task<CompiledVersion> CompileAsync(Guid versionId)
    {
        await using var command = database.CreateCommand("select manifest::text from extension_version where version_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = versionId });
        var json = await command.ExecuteScalarAsync() as string ?? throw new InvalidOperationException($"Version {versionId} is not there.");

        var result = ManifestReader.Read(Encoding.UTF8.GetBytes(json));
        if (!result.IsValid) throw new InvalidOperationException($"The stored manifest of version {versionId} is not valid: {result.Faults[0]}");
        var manifest = result.Manifest;
        return new CompiledVersion(
            EndpointTable.Build(manifest.Endpoints),
            manifest.Limits,
            manifest.Capabilities,
            manifest.Egress,
            [.. manifest.Secrets.Select(secret => new ExecuteSecret(secret.Name, secret.MaxAgeDays))]);
    }
}
