using Alga.Extensions.Database;

namespace Alga.Extensions.Setup;

/// <summary>A managed identity and the group role that it gets.</summary>
/// <param name="Role">A name of <see cref="ApplicationRole"/>.</param>
/// <param name="Name">Its login, up to 63 characters.</param>
/// <param name="ObjectId">Its object id in the directory.</param>
internal sealed record EntraPrincipal(string Role, string Name, Guid ObjectId)
{
    public static readonly IReadOnlyList<string> Roles = [ApplicationRole.Registry, ApplicationRole.Gateway, ApplicationRole.Runner];
}
