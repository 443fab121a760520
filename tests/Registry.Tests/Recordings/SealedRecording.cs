using System.Text;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Registry.Tests.Lifecycle;
using Alga.Extensions.Secrets;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Recordings;

/// <summary>Puts recordings where a runner would.</summary>
internal static class SealedRecording
{
    public const string Json = """{"format":1}""";

    /// <summary>Turns recording on for an install of the first tenant and adds a recording.</summary>
    public static async Task<Guid> AddAsync(RegistryApp app, string name, Guid? executionId = null, TimeSpan? expiresIn = null)
    {
        (await app.PutAsync(name, "recording", new { mode = "on-error" })).Is(200);
        var id = executionId ?? Guid.CreateVersion7();
        var now = TimeProvider.System.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + (expiresIn ?? TimeSpan.FromDays(7))).ToUnixTimeSeconds());
        await using var owner = await app.OpenOwnerAsync();
        var install = await owner.ExecuteScalarAsync<Guid>("select install_id from tenant_extension_install where tenant_id = @tenant and extension_id = @name", new { tenant = RegistryApp.Acme, name });
        var bytes = RecordingSeal.Seal(
            app.Vault.Bytes($"alga-tenant-key-{RegistryApp.Acme:N}"), new RecordingBinding(RegistryApp.Acme, install, id, expires), Encoding.UTF8.GetBytes(Json));
        await owner.ExecuteAsync(
            "insert into execution_recording values (@tenant, @id, @install, @bytes, 'v1', @now, @expires)", new { tenant = RegistryApp.Acme, id, install, bytes, now, expires });
        return id;
    }
}
