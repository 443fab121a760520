using System.Collections.Frozen;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>Invocations for tests.</summary>
internal static class Invocation
{
    public const string Extension = "com.alga.samples.hello";

    public static readonly Guid Acme = Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e");
    public static readonly Guid Globex = Guid.Parse("01936b2e-0000-7000-8000-0000000910be");

    public static InvocationContext Context(Guid? tenant = null, string extension = Extension, params string[] capabilities) => new()
    {
        RequestId = Guid.Parse("01936b2e-0000-7000-8000-000000000001"),
        TenantId = tenant ?? Acme,
        ExtensionId = extension,
        InstallId = Guid.Parse("01936b2e-0000-7000-8000-000000000002"),
        Version = "1.2.3",
        Capabilities = FrozenSet.ToFrozenSet(capabilities, StringComparer.Ordinal),
    };

    public static InvocationContext Granted(params string[] capabilities) => Context(null, Extension, capabilities);

    public static InvocationDeadline Deadline(int milliseconds = 20_000) =>
        InvocationDeadline.Start(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);

}
