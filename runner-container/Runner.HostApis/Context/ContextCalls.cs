using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Interface <c>context</c>: needs no capability.</summary>
internal sealed class ContextCalls(InvocationContext context, InvocationDeadline deadline) : IContextCalls
{
    public InvocationInfo GetCurrent() => new()
    {
        RequestId = context.RequestId.ToString("D"),
        TenantId = context.TenantId.ToString("D"),
        ExtensionId = context.ExtensionId,
        InstallId = context.InstallId.ToString("D"),
        Version = context.Version,
        Config = context.Config,
        User = context.User,
        DeadlineMs = (long)deadline.Left.TotalMilliseconds,
    };
}
