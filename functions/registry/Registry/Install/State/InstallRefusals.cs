using System.Globalization;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Install.State;

/// <summary>Refusals for installs that are uninstalled.</summary>
public static class InstallRefusals
{
    /// <summary>A refusal for an install that is uninstalled: it tells until when it can be restored.</summary>
    public static Refusal? UnlessInstalled(InstallState install) => install.Uninstalled is not { } uninstalled
        ? null
        : new Refusal(
            ErrorCode.ExtensionNotInstalled,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{install.Name} was uninstalled; POST /api/tenant/installs/{install.Name}/restore brings it back until {uninstalled.Until:yyyy-MM-dd HH:mm} UTC, or install it anew."));
}
