using Alga.Extensions.Services;

namespace Alga.Extensions.Chaos;

/// <summary>
/// What publisher and admins do meanwhile. Acme, whose users count, gets new versions and loses revoked ones, and never has more than
/// the one capability that it was granted first. Globex installs, uninstalls, grants and withdraws.
/// </summary>
internal sealed class Lifecycle(Stack stack, Journal journal, Random random)
{
    /// <summary>How long after a revocation's answer a request may still begin at the revoked version: what <c>alga-ext revoke</c> promises.</summary>
    private static readonly TimeSpan RevocationBound = TimeSpan.FromMinutes(1);

    /// <summary>How long a gateway may go on with an install as it was, however the notice of the change was lost: the longest life of what it read.</summary>
    private static readonly TimeSpan InstallBound = TimeSpan.FromSeconds(30);

    private readonly List<string> revocable = [];
    private int latest;
    private string installed = "1.0.0";
    private bool isAtGlobex;

    private string Latest => $"1.0.{latest}";

    /// <summary>Publishes and installs the first version.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        // Never granted, so not for a moment.
        journal.Ban(Load.SecretsOf(Load.Counter), TimeSpan.Zero);
        journal.Ban(Load.SecretsOf(Load.Other), TimeSpan.Zero);
        await stack.PublishAsync(Latest, cancellationToken);
        await InstallAsync("install", Load.Counter, Latest, ["storage.kv"], cancellationToken);
        await InstallAsync("install", Load.Other, Latest, ["storage.kv"], cancellationToken);
        isAtGlobex = true;
    }

    /// <summary>Takes the next step, and says which.</summary>
    public Task<string> StepAsync(CancellationToken cancellationToken) => random.Next(7) switch
    {
        0 when revocable.Count > 0 => TakeAsync("revoke an old version", RevokeAsync, cancellationToken),
        1 => TakeAsync("revoke the version that serves, then upgrade", ReplaceAsync, cancellationToken, takesServiceAway: true),
        2 when isAtGlobex => TakeAsync("uninstall at Globex", UninstallAsync, cancellationToken),
        3 when isAtGlobex => TakeAsync("withdraw at Globex", WithdrawAsync, cancellationToken),
        4 => TakeAsync("install and grant at Globex", token => InstallAtGlobexAsync(["storage.kv", "secrets.get"], token), cancellationToken),
        5 => TakeAsync("install at Globex", token => InstallAtGlobexAsync(["storage.kv"], token), cancellationToken),
        _ => UpgradeAsync(cancellationToken),
    };

    /// <summary>Publishes a version and moves Acme to it.</summary>
    public Task<string> UpgradeAsync(CancellationToken cancellationToken) => TakeAsync(
        "publish, then upgrade",
        async token =>
        {
            await PublishNextAsync(token);
            var before = installed;
            await InstallLatestAsync(token);
            revocable.Add(before);
            return $"upgraded from {before} to {installed}";
        },
        cancellationToken);

    private Task<string> TakeAsync(string what, Func<CancellationToken, Task<string>> step, CancellationToken cancellationToken, bool takesServiceAway = false) =>
        journal.RecordAsync(
            what,
            async () =>
            {
                try
                {
                    return await step(cancellationToken);
                }
                catch (ServiceException exception)
                {
                    // Part of the schedule: what it wanted from is down, and it is tried again with a later step.
                    return $"{what}: refused: " + exception.Message.ReplaceLineEndings(" ");
                }
            },
            takesServiceAway);

    /// <summary>From the revocation on nothing may serve, until the install has another version.</summary>
    private async Task<string> ReplaceAsync(CancellationToken cancellationToken)
    {
        await PublishNextAsync(cancellationToken);
        var before = installed;
        await RevokeAsync(before, cancellationToken);
        while (installed == before)
        {
            try
            {
                await InstallLatestAsync(cancellationToken);
            }
            catch (ServiceException) when (stack.IsRunning)
            {
                await Task.Delay(500, cancellationToken);
            }
        }

        return $"revoked {before} while it served, then upgraded to {installed}";
    }

    private async Task PublishNextAsync(CancellationToken cancellationToken)
    {
        // Counted first: one whose publish was lost on the way may be there all the same.
        latest++;
        await stack.PublishAsync(Latest, cancellationToken);
    }

    private async Task InstallLatestAsync(CancellationToken cancellationToken)
    {
        await InstallAsync("upgrade", Load.Counter, Latest, ["storage.kv"], cancellationToken);
        installed = Latest;
    }

    private async Task<string> InstallAtGlobexAsync(IReadOnlyList<string> capabilities, CancellationToken cancellationToken)
    {
        journal.Lift(Load.InstallOf(Load.Other));
        var withSecrets = capabilities.Contains("secrets.get");
        if (withSecrets) journal.Lift(Load.SecretsOf(Load.Other));
        isAtGlobex = true;
        await InstallAsync("install", Load.Other, installed, capabilities, cancellationToken);
        if (!withSecrets) journal.Ban(Load.SecretsOf(Load.Other), InstallBound);
        return $"Globex has {installed} with {string.Join(", ", capabilities)}";
    }

    private async Task<string> UninstallAsync(CancellationToken cancellationToken)
    {
        await stack.DoAsync(cancellationToken, "uninstall", Stack.Extension, "--token-file", stack.TokenFile(Load.Other));
        journal.Ban(Load.InstallOf(Load.Other), InstallBound);
        isAtGlobex = false;
        return "uninstalled at Globex";
    }

    private async Task<string> WithdrawAsync(CancellationToken cancellationToken)
    {
        await stack.GrantAsync(Load.Other, ["storage.kv"], cancellationToken);
        journal.Ban(Load.SecretsOf(Load.Other), InstallBound);
        return "withdrew at Globex";
    }

    private async Task<string> RevokeAsync(CancellationToken cancellationToken)
    {
        var version = revocable[random.Next(revocable.Count)];
        await RevokeAsync(version, cancellationToken);
        revocable.Remove(version);
        return $"revoked {version}";
    }

    private async Task RevokeAsync(string version, CancellationToken cancellationToken)
    {
        await stack.DoAsync(cancellationToken, "revoke", Stack.Extension, "--version", version, "--reason", "Chaos.", "--token-file", stack.TokenFile("dev"));
        journal.Ban(Load.VersionOf(version), RevocationBound);
    }

    private Task InstallAsync(string command, string user, string version, IReadOnlyList<string> capabilities, CancellationToken cancellationToken) => stack.DoAsync(
        cancellationToken, [command, Stack.Extension, "--version", version, .. capabilities.SelectMany(capability => new[] { "--grant", capability }), "--token-file", stack.TokenFile(user)]);
}
