using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.Testing;

/// <summary>Who and what a sample of an execute request is for.</summary>
public static class SampleContext
{
    public static readonly ExecuteContext Value = new()
    {
        RequestId = Guid.Parse("01936b2e-0000-7000-8000-000000000001"),
        TenantId = Guid.Parse("01936b2e-0000-7000-8000-000000000002"),
        InstallId = Guid.Parse("01936b2e-0000-7000-8000-000000000003"),
        VersionId = Guid.Parse("01936b2e-0000-7000-8000-000000000004"),
        ExtensionId = "com.acme.reports",
        Version = "1.0.0",
        ContentHash = "sha256:" + new string('a', 64),
    };
}
