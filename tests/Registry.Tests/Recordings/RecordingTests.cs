using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Registry.Tests.Lifecycle;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Recordings;

public sealed class RecordingTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task An_install_records_nothing_until_an_admin_says_so_and_the_audit_log_tells_who()
    {
        var name = await app.InstallNewAsync();
        Assert.Equal("""{"mode":"off","percent":null,"keepDays":7}""", (await app.ShowAsync(name)).Text("recording"));

        var set = (await app.PutAsync(name, "recording", new { mode = "sampled", percent = 5, keepDays = 3 })).Is(200);

        Assert.Equal("""{"mode":"sampled","percent":5,"keepDays":3}""", set.Text("recording"));
        var entry = (await app.GetAsync($"/api/tenant/audit?target={name}&action=install.recording", app.Admin)).Is(200).Json.GetProperty("items").EnumerateArray().Single();
        Assert.EndsWith("#ada", entry.GetProperty("actor").GetString(), StringComparison.Ordinal);
        Assert.Equal("off", entry.GetProperty("before").GetProperty("recording").GetProperty("mode").GetString());
        Assert.Equal("sampled", entry.GetProperty("after").GetProperty("recording").GetProperty("mode").GetString());
    }

    [Theory]
    [InlineData("""{"mode":"always"}""")]
    [InlineData("""{"mode":"sampled"}""")]
    [InlineData("""{"mode":"sampled","percent":0}""")]
    [InlineData("""{"mode":"sampled","percent":101}""")]
    [InlineData("""{"mode":"on-error","percent":5}""")]
    [InlineData("""{"mode":"on-error","keepDays":0}""")]
    [InlineData("""{"mode":"on-error","keepDays":31}""")]
    [InlineData("""{"percent":5}""")]
    public async Task What_cannot_be_meant_is_refused_and_changes_nothing(string body)
    {
        var name = await app.InstallNewAsync();

        (await app.PutAsync(name, "recording", JsonElement.Parse(body))).Is(400, "invalid_request");

        Assert.Equal("""{"mode":"off","percent":null,"keepDays":7}""", (await app.ShowAsync(name)).Text("recording"));
    }

    [Fact]
    public async Task Only_an_admin_of_the_tenant_decides_and_an_old_entity_tag_is_refused()
    {
        var name = await app.InstallNewAsync();
        foreach (var token in new[] { app.User, app.Developer, app.Operator }) (await app.PutAsync(name, "recording", new { mode = "on-error" }, token)).Is(403, "forbidden");
        (await app.PutAsync(name, "recording", new { mode = "on-error" }, app.OtherAdmin)).Is(404, "extension_not_installed");
        (await app.PutAsync(name, "recording", new { mode = "on-error" }, ifMatch: "\"old\"")).Is(412, "precondition_failed");
    }

    [Fact]
    public async Task An_admin_reads_a_recording_and_the_audit_log_keeps_that()
    {
        var name = await app.InstallNewAsync();
        var id = await SealedRecording.AddAsync(app, name);

        var read = (await app.GetAsync(Path(name, id), app.Admin)).Is(200);

        Assert.Equal(SealedRecording.Json, read.Text);
        var entry = (await app.GetAsync($"/api/tenant/audit?target={name}&action=recording.read", app.Admin)).Is(200).Json.GetProperty("items").EnumerateArray().Single();
        Assert.Equal(id.ToString(), entry.GetProperty("after").GetProperty("executionId").GetString());
    }

    [Fact]
    public async Task Nobody_but_an_admin_of_the_tenant_reads_a_recording()
    {
        var name = await app.InstallNewAsync();
        var id = await SealedRecording.AddAsync(app, name);

        foreach (var token in new[] { app.User, app.Developer, app.Operator }) (await app.GetAsync(Path(name, id), token)).Is(403, "forbidden");
        (await app.GetAsync(Path(name, id), null)).Is(401, "unauthenticated");
        (await app.GetAsync(Path(name, id), app.OtherAdmin)).Is(404, "extension_not_installed");
        (await app.InstallAsync(name, app.OtherAdmin, LifecycleCalls.Body("1.0.0"))).Is(201);
        (await app.GetAsync(Path(name, id), app.OtherAdmin)).Is(404, "not_found");
        var other = await app.InstallNewAsync();
        (await app.GetAsync(Path(other, id), app.Admin)).Is(404, "not_found");
    }

    [Fact]
    public async Task A_recording_that_was_moved_or_lives_longer_than_sealed_does_not_open()
    {
        var name = await app.InstallNewAsync();
        var moved = await SealedRecording.AddAsync(app, name);
        var prolonged = await SealedRecording.AddAsync(app, name);
        var other = Guid.CreateVersion7();
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync("update execution_recording set execution_id = @other where execution_id = @moved", new { moved, other });
        await owner.ExecuteAsync("update execution_recording set expires_at = expires_at + interval '1 day' where execution_id = @prolonged", new { prolonged });

        (await app.GetAsync(Path(name, other), app.Admin)).Is(500, "internal");
        (await app.GetAsync(Path(name, prolonged), app.Admin)).Is(500, "internal");
    }

    [Fact]
    public async Task An_expired_recording_is_not_given_out_and_maintenance_removes_it_and_no_other()
    {
        var name = await app.InstallNewAsync();
        var expired = await SealedRecording.AddAsync(app, name, expiresIn: TimeSpan.FromSeconds(-5));
        var fresh = await SealedRecording.AddAsync(app, name);
        (await app.GetAsync(Path(name, expired), app.Admin)).Is(404, "not_found");

        var reports = await app.MaintainAsync("purge");

        Assert.True(reports.Sum(report => report.GetProperty("recordingsDeleted").GetInt32()) >= 1);
        Assert.Equal([fresh], await IdsAsync(name));
    }

    [Fact]
    public async Task Deleting_takes_all_recordings_of_the_install_and_of_no_other()
    {
        var name = await app.InstallNewAsync();
        var other = await app.InstallNewAsync();
        await SealedRecording.AddAsync(app, name);
        await SealedRecording.AddAsync(app, name);
        var kept = await SealedRecording.AddAsync(app, other);
        (await app.SendAsync(HttpMethod.Delete, $"{LifecycleCalls.Path(name)}/recordings", app.User)).Is(403, "forbidden");
        (await app.SendAsync(HttpMethod.Delete, $"{LifecycleCalls.Path(name)}/recordings", app.OtherAdmin)).Is(404, "extension_not_installed");

        (await app.SendAsync(HttpMethod.Delete, $"{LifecycleCalls.Path(name)}/recordings", app.Admin)).Is(204);

        Assert.Empty(await IdsAsync(name));
        Assert.Equal([kept], await IdsAsync(other));
        (await app.SendAsync(HttpMethod.Delete, $"{LifecycleCalls.Path(name)}/recordings", app.Admin)).Is(204);
    }

    [Fact]
    public async Task A_purge_of_the_install_takes_its_recordings()
    {
        var name = await app.InstallNewAsync();
        var id = await SealedRecording.AddAsync(app, name);
        (await app.RemoveAsync(name)).Is(204);
        (await app.GetAsync(Path(name, id), app.Admin)).Is(404, "extension_not_installed");
        await app.AgeAsync(name, RegistryApp.Acme);

        await app.MaintainAsync("purge");

        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal(0, await owner.ExecuteScalarAsync<int>("select count(*) from execution_recording where execution_id = @id", new { id }));
    }

    [Fact]
    public async Task Without_the_vault_recording_cannot_be_turned_on()
    {
        // A tenant whose key nobody has asked for yet.
        var admin = app.Token("zoe", Guid.CreateVersion7(), ["tenant_admin"]);
        var name = app.NewName();
        await Shape.Plain.PublishAsync(app, name, "1.0.0");
        (await app.InstallAsync(name, admin, LifecycleCalls.Body("1.0.0"))).Is(201);
        app.Vault.IsDown = true;
        try
        {
            (await app.PutAsync(name, "recording", new { mode = "on-error" }, admin)).Is(503, "overloaded");
        }
        finally
        {
            app.Vault.IsDown = false;
        }

        Assert.Equal("off", (await app.ShowAsync(name, admin)).Json.GetProperty("recording").GetProperty("mode").GetString());
    }

    private static string Path(string name, Guid executionId) => $"{LifecycleCalls.Path(name)}/executions/{executionId}/recording";

    private async Task<IEnumerable<Guid>> IdsAsync(string name)
    {
        await using var owner = await app.OpenOwnerAsync();
        return await owner.QueryAsync<Guid>(
            "select execution_id from execution_recording join tenant_extension_install using (tenant_id, install_id) where extension_id = @name and tenant_id = @tenant", new { name, tenant = RegistryApp.Acme });
    }
}
