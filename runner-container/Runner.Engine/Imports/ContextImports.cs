using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>context</c>.</summary>
internal static class ContextImports
{
    public static readonly HostFunction[] Functions = [new("current", (host, _) => Write(host.Context.GetCurrent()))];

    private static ComponentValue Write(InvocationInfo info) => ComponentValue.Record(
    [
        new("request-id", ComponentValue.String(info.RequestId)),
        new("tenant-id", ComponentValue.String(info.TenantId)),
        new("extension-id", ComponentValue.String(info.ExtensionId)),
        new("install-id", ComponentValue.String(info.InstallId)),
        new("version", ComponentValue.String(info.Version)),
        new("config", Pairs.Write(info.Config)),
        new("user", info.User is null ? ComponentValue.None() : ComponentValue.Some(Write(info.User))),
        new("deadline-ms", ComponentValue.U64((ulong)info.DeadlineMs)),
    ]);

    private static ComponentValue Write(UserInfo user) => ComponentValue.Record(
    [
        new("id", ComponentValue.String(user.Id)),
        new("email", ComponentValue.String(user.Email)),
        new("name", ComponentValue.String(user.Name)),
        new("roles", Values.Strings(user.Roles)),
    ]);
}
