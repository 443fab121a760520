using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Registry.Install.State;

namespace Alga.Extensions.Registry.Install.Upgrade;

/// <summary>Whether an install may move to another version now, and with what.</summary>
/// <param name="Grants">Granted to the other version.</param>
/// <param name="Config">The settings.</param>
/// <param name="Needed">Asked for on top of what is granted.</param>
/// <param name="ConfigFaults">Where the settings do not fit.</param>
public sealed record UpgradeDecision(InstallGrants Grants, JsonElement Config, InstallGrants Needed, IReadOnlyList<string> ConfigFaults)
{
    /// <summary>Whether no admin has to be asked.</summary>
    public bool IsReady => Needed.IsEmpty && ConfigFaults.Count == 0;

    /// <summary>Decides, or refuses what an admin wrote.</summary>
    /// <param name="install">The install as it is.</param>
    /// <param name="target">The other version's manifest.</param>
    /// <param name="grants">What an admin allows; null to carry over what is granted.</param>
    /// <param name="config">Settings that an admin gives; null for those of now.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Outcome<UpgradeDecision>> MakeAsync(
        InstallState install, ExtensionManifest target, InstallGrants? grants, JsonElement? config, CancellationToken cancellationToken)
    {
        var asked = InstallGrants.AskedBy(target);
        var carry = GrantCarry.To(install.Grants, install.Asked, asked);
        if (grants is not null)
        {
            if (!GrantRules.Check(grants, asked).TryGet(out var given, out var refusal)) return refusal;
            carry = new GrantCarry(given, new InstallGrants());
        }

        if (config is not null)
        {
            var checkedConfig = await ConfigRules.CheckAsync(config, target.Config, cancellationToken).ConfigureAwait(false);
            if (!checkedConfig.TryGet(out var settings, out var refusal)) return refusal;
            return new UpgradeDecision(carry.Grants, settings, carry.Needed, []);
        }

        var faults = await ConfigRules.FindFaultsAsync(install.Config!.Value, target.Config, cancellationToken).ConfigureAwait(false);
        return new UpgradeDecision(carry.Grants, install.Config!.Value, carry.Needed, faults);
    }
}
