using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Records.Tests;

/// <summary>Records to write.</summary>
internal static class Sample
{
    public static readonly Guid Acme = Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e");
    public static readonly Guid Globex = Guid.Parse("01936b2e-0000-7000-8000-0000000910be");
    public static readonly DateTimeOffset Noon = TimeProvider.System.GetUtcNow().Date + TimeSpan.FromHours(12);

    public static ExecutionRecord Record(Guid? tenant = null, string extension = "com.acme.reports", DateTimeOffset? at = null) => new()
    {
        ExecutionId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        TenantId = tenant ?? Acme,
        StartedAt = at ?? Noon,
        RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        ExtensionId = extension,
        InstallId = Guid.Parse("01936b2e-0000-7000-8000-000000000002"),
        VersionId = Guid.Parse("01936b2e-0000-7000-8000-000000000003"),
        Version = "1.0.0",
        Method = "GET",
        Endpoint = "/agreements/:id",
        UserId = "ada",
        Status = 200,
        DurationUs = 1_500,
        QueueUs = 20,
        Fuel = 7,
        MemoryBytes = 65_536,
        EgressBytes = 30,
        Logs = """[{"atUs":1,"level":"info","message":"hello"}]""",
    };

    public static RecordMetrics Metrics() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
}
