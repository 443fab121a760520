namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>context</c>.</summary>
internal static class ContextImports
{
    public static readonly HostFunction[] Functions = [new("current", 0, static (running, _, ref buffer) => Write(running.Host.Context.GetCurrent(), ref buffer))];

    private static readonly NativeName[] InvocationFields = NativeName.Lasting("request-id", "tenant-id", "extension-id", "install-id", "version", "config", "user", "deadline-ms");
    private static readonly NativeName[] UserFields = NativeName.Lasting("id", "email", "name", "roles");

    private static NativeValue Write(InvocationInfo info, ref ValueBuffer buffer) => buffer.Record(
        InvocationFields,
        buffer.Text(info.RequestId),
        buffer.Text(info.TenantId),
        buffer.Text(info.ExtensionId),
        buffer.Text(info.InstallId),
        buffer.Text(info.Version),
        Pairs.Write(info.Config, ref buffer),
        info.User is null ? NativeValue.None : buffer.Some(Write(info.User, ref buffer)),
        NativeValue.U64((ulong)info.DeadlineMs));

    private static NativeValue Write(UserInfo user, ref ValueBuffer buffer) => buffer.Record(
        UserFields,
        buffer.Text(user.Id),
        buffer.Text(user.Email),
        buffer.Text(user.Name),
        Values.Texts(user.Roles, ref buffer));
}
